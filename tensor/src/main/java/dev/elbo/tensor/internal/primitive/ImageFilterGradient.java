package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.ImageGradients;
import java.util.Arrays;

/**
 * The products of a filter gradient for some output positions, read from the image in place; with
 * padding, from a copy of some images with zeros around them.
 */
final class ImageFilterGradient {
  /** Floats of a panel of cotangents: two thirds of a common first-level cache. */
  private static final int MOST_FLOATS = 1 << 13;

  /**
   * Positions in one go: more of few columns, as where a vector has 4 or 8 lanes, would leave no
   * room in the cache for what the places see.
   */
  private static final int MOST_POSITIONS = 256;

  /** Shorter runs of the image are done sooner than begun. */
  private static final int LEAST_RUN = 8;

  /** Floats of the largest image that is copied: a megabyte. */
  private static final int MOST_IMAGE_FLOATS = 1 << 18;

  private final ConvolutionGeometry geometry;
  private final ImageGradients tiles;
  private final boolean inPlace;
  private final int seenRows;
  private final int seenColumns;

  /** Columns in one go. */
  private final int width;

  /** Columns of the cotangents whose rows follow each other. */
  private final int panelWidth;

  /** Images in one go, or else, of one image, positions in one go. */
  private final int blockImages;

  private final int block;

  /** Where what a position of some images sees begins. */
  private final int[] places;

  ImageFilterGradient(ConvolutionGeometry geometry, ImageGradients tiles) {
    this.geometry = geometry;
    this.tiles = tiles;
    inPlace = isInside(geometry.rows()) && isInside(geometry.columns());
    seenRows = inPlace ? geometry.rows().input() : extent(geometry.rows());
    seenColumns = inPlace ? geometry.columns().input() : extent(geometry.columns());
    width = Math.min(tiles.mostColumns(), geometry.filters());
    panelWidth = Math.min(tiles.panelColumns(), geometry.filters());
    int most = Math.min(MOST_POSITIONS, MOST_FLOATS / panelWidth);
    int positions = geometry.imagePositions();
    int mostImages = Math.max(1, MOST_IMAGE_FLOATS / seenImage());
    blockImages = Math.clamp(most / positions, 1, Math.min(mostImages, geometry.batch()));
    block =
        positions > most
            ? Math.ceilDiv(positions, Math.ceilDiv(positions, most))
            : blockImages * positions;
    places = new int[blockImages * positions];
    for (int i = 0; i < places.length; i++) {
      int image = i / positions;
      int row = i % positions / geometry.columns().output() * geometry.rows().stride();
      int column = i % geometry.columns().output() * geometry.columns().stride();
      places[i] = ((image * seenRows + row) * seenColumns + column) * geometry.channels();
    }
  }

  static boolean suits(ConvolutionGeometry geometry, ImageGradients tiles) {
    return geometry.filters() % tiles.columnStep() == 0
        && run(geometry) >= LEAST_RUN
        && (long) extent(geometry.rows()) * extent(geometry.columns()) * geometry.channels()
            <= MOST_IMAGE_FLOATS;
  }

  /** Neighbouring elements that a position sees. */
  private static int run(ConvolutionGeometry geometry) {
    return tapsInRun(geometry) * geometry.channels();
  }

  private static int tapsInRun(ConvolutionGeometry geometry) {
    return geometry.columns().dilation() == 1 ? geometry.columns().size() : 1;
  }

  private static boolean isInside(Window window) {
    return window.before() == 0 && extent(window) <= window.input();
  }

  /** How many inputs, with padding, all places together span. */
  private static int extent(Window window) {
    return window.at(window.output() - 1, window.size() - 1) + window.before() + 1;
  }

  private int seenImage() {
    return seenRows * seenColumns * geometry.channels();
  }

  int scratchFloats() {
    return copyFloats() + (panelWidth == geometry.filters() ? 0 : block * width);
  }

  private int copyFloats() {
    return inPlace ? 0 : blockImages * seenImage();
  }

  /**
   * Sums positions {@code begin} to {@code end} in ascending order, from zero.
   *
   * @param w the gradient of all filters, from its element {@code wOffset} on
   * @param tapRowFrom the first row of the filter to write
   * @param tapRowTo the row of the filter after the last
   */
  void run(
      float[] x,
      float[] y,
      int begin,
      int end,
      float[] w,
      int wOffset,
      int tapRowFrom,
      int tapRowTo,
      int columnFrom,
      int columnTo,
      float[] scratch) {
    int filters = geometry.filters();
    int imagePositions = geometry.imagePositions();
    int panel = copyFloats();
    int from = begin;
    while (from < end) {
      int image = from / imagePositions;
      int first = from % imagePositions;
      int most = block > imagePositions ? block - first : block - first % block;
      int left = blockImages == 1 ? imagePositions - first : end - from;
      int count = Math.min(Math.min(most, left), end - from);
      int base = 0;
      if (inPlace) {
        base = image * geometry.imageSize();
      } else {
        copy(x, image, first, first + count - 1, tapRowFrom, tapRowTo, scratch);
      }
      for (int column = columnFrom; column < columnTo; column += width) {
        int columns = Math.min(width, columnTo - column);
        float[] cotangents = y;
        int at = from * filters + column;
        int step = filters;
        if (filters > panelWidth) {
          // Rows far apart would meet in the same places of the cache.
          for (int j = 0; j < columns; j += panelWidth) {
            int wide = Math.min(panelWidth, columns - j);
            int to = panel + j * count;
            for (int i = 0; i < count; i++) {
              System.arraycopy(y, at + j + i * filters, scratch, to + i * panelWidth, wide);
            }
          }
          cotangents = scratch;
          at = panel;
          step = panelWidth;
        }
        for (int tapRow = tapRowFrom; tapRow < tapRowTo; tapRow++) {
          int tap = tapRow * geometry.columns().size();
          int to = wOffset + tap * geometry.channels() * filters + column;
          int seen = base + tapRow * geometry.rows().dilation() * seenColumns * geometry.channels();
          for (int s = 0; s < geometry.columns().size(); s += tapsInRun(geometry)) {
            tiles.add(
                inPlace ? x : scratch,
                seen + s * geometry.columns().dilation() * geometry.channels(),
                places,
                first,
                count,
                cotangents,
                at,
                step,
                w,
                to + s * geometry.channels() * filters,
                filters,
                run(geometry),
                columns,
                from > begin);
          }
        }
      }
      from += count;
    }
  }

  /** Copies the rows that some positions see, counted from an image's first, each to its place. */
  private void copy(
      float[] x, int image, int first, int last, int tapRowFrom, int tapRowTo, float[] to) {
    int rowLength = geometry.columns().output();
    int imageRows = geometry.rows().output();
    int lastImage = last / geometry.imagePositions();
    for (int i = 0; i <= lastImage; i++) {
      int firstRow = i == 0 ? first / rowLength : 0;
      int lastRow = i == lastImage ? last / rowLength - i * imageRows : imageRows - 1;
      copyRows(
          x,
          image + i,
          geometry.rows().at(firstRow, tapRowFrom),
          geometry.rows().at(lastRow, tapRowTo - 1),
          to,
          i * seenImage());
    }
  }

  /** Copies rows {@code from} to {@code last} of an image, with zeros around them. */
  private void copyRows(float[] x, int image, int from, int last, float[] to, int offset) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int channels = geometry.channels();
    int length = seenColumns * channels;
    int left = columns.before() * channels;
    int inside = Math.min(columns.input() * channels, length - left);
    for (int h = from; h <= last; h++) {
      int at = offset + (h + rows.before()) * length;
      if (h < 0 || h >= rows.input()) {
        Arrays.fill(to, at, at + length, 0f);
      } else {
        Arrays.fill(to, at, at + left, 0f);
        int source = (image * rows.input() + h) * columns.input() * channels;
        System.arraycopy(x, source, to, at + left, inside);
        Arrays.fill(to, at + left + inside, at + length, 0f);
      }
    }
  }
}
