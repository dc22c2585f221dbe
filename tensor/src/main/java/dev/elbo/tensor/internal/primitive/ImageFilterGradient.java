package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.ImageGradients;
import java.util.Arrays;

/**
 * The products of a filter gradient for some output positions, read from the image in place; with
 * padding, from a copy of one image with zeros around it.
 */
final class ImageFilterGradient {
  /** Positions in one go: their cotangents fit the first-level cache. */
  private static final int MOST_POSITIONS = 256;

  /** With fewer positions in an image, loading and storing the sums for each image would tell. */
  private static final int LEAST_POSITIONS = 100;

  /** Floats of the largest image that is copied: a megabyte. */
  private static final int MOST_IMAGE_FLOATS = 1 << 18;

  private final ConvolutionGeometry geometry;
  private final ImageGradients tiles;
  private final boolean inPlace;
  private final int seenRows;
  private final int seenColumns;

  /** Where what a position of an image sees begins. */
  private final int[] places;

  ImageFilterGradient(ConvolutionGeometry geometry, ImageGradients tiles) {
    this.geometry = geometry;
    this.tiles = tiles;
    inPlace = isInside(geometry.rows()) && isInside(geometry.columns());
    seenRows = inPlace ? geometry.rows().input() : extent(geometry.rows());
    seenColumns = inPlace ? geometry.columns().input() : extent(geometry.columns());
    places = new int[geometry.imagePositions()];
    for (int i = 0; i < places.length; i++) {
      int row = i / geometry.columns().output() * geometry.rows().stride();
      int column = i % geometry.columns().output() * geometry.columns().stride();
      places[i] = (row * seenColumns + column) * geometry.channels();
    }
  }

  static boolean suits(ConvolutionGeometry geometry, ImageGradients tiles) {
    return geometry.channels() % tiles.rows() == 0
        && geometry.filters() % tiles.columns() == 0
        && geometry.imagePositions() >= LEAST_POSITIONS
        && (long) extent(geometry.rows()) * extent(geometry.columns()) * geometry.channels()
            <= MOST_IMAGE_FLOATS;
  }

  private static boolean isInside(Window window) {
    return window.before() == 0 && extent(window) <= window.input();
  }

  /** How many inputs, with padding, all places together span. */
  private static int extent(Window window) {
    return window.at(window.output() - 1, window.size() - 1) + window.before() + 1;
  }

  int scratchFloats() {
    int image = inPlace ? 0 : seenRows * seenColumns * geometry.channels();
    return image + MOST_POSITIONS * tiles.columns();
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
    int panel = scratchFloats() - MOST_POSITIONS * tiles.columns();
    int from = begin;
    while (from < end) {
      int image = from / geometry.imagePositions();
      int first = from % geometry.imagePositions();
      int count = Math.min(geometry.imagePositions() - first, Math.min(end - from, MOST_POSITIONS));
      int base = 0;
      if (inPlace) {
        base = image * geometry.imageSize();
      } else {
        copy(x, image, first, first + count - 1, tapRowFrom, tapRowTo, scratch);
      }
      for (int column = columnFrom; column < columnTo; column += tiles.columns()) {
        for (int i = 0; i < count; i++) {
          System.arraycopy(
              y,
              (from + i) * filters + column,
              scratch,
              panel + i * tiles.columns(),
              tiles.columns());
        }
        for (int tapRow = tapRowFrom; tapRow < tapRowTo; tapRow++) {
          row(
              inPlace ? x : scratch,
              base + tapRow * geometry.rows().dilation() * seenColumns * geometry.channels(),
              first,
              count,
              scratch,
              panel,
              w,
              wOffset + tapRow * geometry.columns().size() * geometry.channels() * filters + column,
              from > begin);
        }
      }
      from += count;
    }
  }

  /** One row of the filter. */
  private void row(
      float[] x,
      int xOffset,
      int first,
      int count,
      float[] panels,
      int panel,
      float[] w,
      int wOffset,
      boolean accumulate) {
    int channels = geometry.channels();
    int filters = geometry.filters();
    int to = wOffset;
    for (int s = 0; s < geometry.columns().size(); s++) {
      int tap = xOffset + s * geometry.columns().dilation() * channels;
      for (int c = 0; c < channels; c += tiles.rows()) {
        tiles.add(x, tap + c, places, first, count, panels, panel, w, to, filters, accumulate);
        to += tiles.rows() * filters;
      }
    }
  }

  /** Copies the rows of an image that some of its positions see, each to its place. */
  private void copy(
      float[] x, int image, int first, int last, int tapRowFrom, int tapRowTo, float[] to) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int channels = geometry.channels();
    int length = seenColumns * channels;
    int left = columns.before() * channels;
    int inside = Math.min(columns.input() * channels, length - left);
    int rowTo = rows.at(last / columns.output(), tapRowTo - 1);
    for (int h = rows.at(first / columns.output(), tapRowFrom); h <= rowTo; h++) {
      int at = (h + rows.before()) * length;
      if (h < 0 || h >= rows.input()) {
        Arrays.fill(to, at, at + length, 0f);
      } else {
        Arrays.fill(to, at, at + left, 0f);
        int from = (image * rows.input() + h) * columns.input() * channels;
        System.arraycopy(x, from, to, at + left, inside);
        Arrays.fill(to, at + left + inside, at + length, 0f);
      }
    }
  }
}
