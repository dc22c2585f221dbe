package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.Arrays;
import java.util.Optional;

/**
 * The gradient of a convolution of few channels in its input, in float32: what each output position
 * sends back, (positions, filters) by (filters, patch), a few filter elements at a time, added to
 * where it came from. An element of the input is the sum, over ascending filter elements, of one
 * chain of fused multiply-adds over ascending filters each.
 */
final class Conv2DInputGradientKernel implements ConvolutionKernel {
  private static final int MOST_CHUNKS = 32;

  /** In a chunk of fewer positions, packing the filters would tell. */
  private static final int LEAST_POSITIONS = 128;

  /** Filter elements are taken together up to about this many columns. */
  private static final int COLUMNS = 96;

  /** Narrower parts of the channels would not fill a tile. */
  private static final int LEAST_CHANNELS = 32;

  /** Floats of the product in a block: half of a common second-level cache. */
  private static final int BLOCK_FLOATS = 1 << 16;

  private static final int LEAST_BLOCK = 256;

  private final ConvolutionGeometry geometry;
  private final WindowKernels windows;
  private final int chunkImages;
  private final int across;
  private final int chunkChannels;
  private final int groupTaps;
  private final int blockRows;

  /**
   * Whether the product is made with its positions side by side, so that those of a row are added
   * together: for one channel, which has no channels to add together.
   */
  private final boolean transposed;

  private final GemmLoops product;

  /** The same for whole images, by vectors. */
  private final Optional<PlaneGradient> planes;

  Conv2DInputGradientKernel(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    this.windows = kernels.windows();
    int images = Math.max(1, geometry.batch());
    int channels = geometry.channels();
    int positions = Math.max(1, geometry.positions());
    int wanted = geometry.wantedChunks(MOST_CHUNKS);
    int down = Math.clamp(Math.min(wanted, positions / LEAST_POSITIONS), 1, images);
    int mostImages = Math.ceilDiv(images, down);
    int parts =
        Math.clamp(
            wanted / Math.ceilDiv(images, mostImages), 1, Math.ceilDiv(channels, LEAST_CHANNELS));
    int part = Math.ceilDiv(channels, parts);
    chunkChannels = parts == 1 ? channels : Math.ceilDiv(part, LEAST_CHANNELS) * LEAST_CHANNELS;
    across = Math.ceilDiv(channels, chunkChannels);
    // Channels of several filter elements lie together only if all are taken.
    int mostTaps = across > 1 ? 1 : Math.clamp(COLUMNS / channels, 1, geometry.taps());
    groupTaps = Math.ceilDiv(geometry.taps(), Math.ceilDiv(geometry.taps(), mostTaps));
    int width = groupTaps * chunkChannels;
    int rowLength = Math.max(1, geometry.columns().output());
    int mostRows = Math.max(1, Math.max(LEAST_BLOCK, BLOCK_FLOATS / width) / rowLength);
    int rows = mostImages * geometry.rows().output();
    blockRows = Math.max(1, Math.min(rows, mostRows));
    int filters = geometry.filters();
    int blockPositions = blockRows * rowLength;
    transposed = channels == 1 && geometry.columns().stride() == 1 && groupTaps == geometry.taps();
    // Where a block ends within an image, the order of the sums there is another.
    planes =
        transposed
                && kernels.vectorBits() > 0
                && geometry.positions() > 0
                && rows <= mostRows
                && PlaneGradient.suits(geometry)
            ? Optional.of(new PlaneGradient(geometry, kernels.planes()))
            : Optional.empty();
    chunkImages = planes.isPresent() ? Math.max(1, images / down) : mostImages;
    product =
        transposed
            ? kernels
                .gemm()
                .loops(
                    GemmShape.of(false, true, width, blockPositions, filters),
                    width,
                    blockPositions)
            : kernels
                .gemm()
                .loops(
                    GemmShape.of(false, true, blockPositions, width, filters),
                    blockPositions,
                    width);
  }

  @Override
  public int chunks() {
    return Math.ceilDiv(geometry.batch(), chunkImages) * across;
  }

  @Override
  public double nanos() {
    return geometry.flops() / 40;
  }

  @Override
  public int scratchFloats() {
    if (planes.isPresent()) {
      return planes.get().scratchFloats();
    }
    return product.scratchFloats()
        + blockRows * geometry.columns().output() * groupTaps * chunkChannels;
  }

  @Override
  public int columns() {
    return geometry.channels();
  }

  @Override
  public int rowFrom(int chunk) {
    return imageFrom(chunk) * imagePositions();
  }

  @Override
  public int rowTo(int chunk) {
    return imageTo(chunk) * imagePositions();
  }

  @Override
  public int columnFrom(int chunk) {
    return chunk % across * chunkChannels;
  }

  @Override
  public int columnTo(int chunk) {
    return Math.min(geometry.channels(), columnFrom(chunk) + chunkChannels);
  }

  @Override
  public int imageFrom(int chunk) {
    return chunk / across * chunkImages;
  }

  @Override
  public int imageTo(int chunk) {
    return Math.min(geometry.batch(), imageFrom(chunk) + chunkImages);
  }

  @Override
  public int imagePositions() {
    return geometry.rows().input() * geometry.columns().input();
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    run(chunk, (float[]) inputs[0], (float[]) inputs[1], 0, (float[]) output, scratch);
  }

  /** Runs a chunk with filters that begin anywhere in an array. */
  void run(int chunk, float[] y, float[] w, int wOffset, float[] x, float[] scratch) {
    int filters = geometry.filters();
    int channels = geometry.channels();
    int rowLength = geometry.columns().output();
    int imageRows = geometry.rows().output();
    int imageFrom = imageFrom(chunk);
    int imageTo = imageTo(chunk);
    int channelFrom = columnFrom(chunk);
    int width = columnTo(chunk) - channelFrom;
    if (planes.isPresent()) {
      planes.get().run(imageFrom, imageTo, y, w, wOffset, x, scratch);
      return;
    }
    clear(x, imageFrom, imageTo, channelFrom, width);
    int offset = product.scratchFloats();
    int step = groupTaps * chunkChannels;
    if (transposed) {
      runTransposed(imageFrom, imageTo, y, w, wOffset, x, scratch);
      return;
    }
    for (int from = imageFrom * imageRows; from < imageTo * imageRows; from += blockRows) {
      int to = Math.min(imageTo * imageRows, from + blockRows);
      for (int tap = 0; tap < geometry.taps(); tap += groupTaps) {
        int taps = Math.min(groupTaps, geometry.taps() - tap);
        product.run(
            y,
            from * rowLength * filters,
            w,
            wOffset + (tap * channels + channelFrom) * filters,
            scratch,
            offset,
            0,
            (to - from) * rowLength,
            0,
            taps * width,
            false,
            scratch);
        for (int i = 0; i < taps; i++) {
          add(scratch, offset + i * width, step, from, to, tap + i, x, channelFrom, width);
        }
      }
    }
  }

  private void runTransposed(
      int imageFrom, int imageTo, float[] y, float[] w, int wOffset, float[] x, float[] scratch) {
    int filters = geometry.filters();
    int rowLength = geometry.columns().output();
    int imageRows = geometry.rows().output();
    int offset = product.scratchFloats();
    int taps = geometry.taps();
    for (int from = imageFrom * imageRows; from < imageTo * imageRows; from += blockRows) {
      int to = Math.min(imageTo * imageRows, from + blockRows);
      int yOffset = from * rowLength * filters;
      int positions = (to - from) * rowLength;
      product.run(w, wOffset, y, yOffset, scratch, offset, 0, taps, 0, positions, false, scratch);
      for (int tap = 0; tap < taps; tap++) {
        addRows(scratch, offset + tap * blockRows * rowLength, from, to, tap, x);
      }
    }
  }

  /** As {@link #add}, from products that lie side by side. */
  private void addRows(float[] source, int sourceIndex, int from, int to, int tap, float[] x) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int tapRow = tap / columns.size();
    int tapColumn = tap % columns.size();
    int first = columns.firstPlace(tapColumn);
    int count = columns.endPlace(tapColumn) - first;
    int column = columns.at(first, tapColumn);
    for (int row = from; row < to; row++) {
      int image = row / rows.output();
      int h = rows.at(row % rows.output(), tapRow);
      if (h >= 0 && h < rows.input()) {
        int at = sourceIndex + (row - from) * columns.output() + first;
        int target = (image * rows.input() + h) * columns.input() + column;
        windows.add(source, at, 0, x, target, 0, 1, count);
      }
    }
  }

  private void clear(float[] x, int imageFrom, int imageTo, int channelFrom, int width) {
    int size = geometry.imageSize();
    int channels = geometry.channels();
    if (width == channels) {
      Arrays.fill(x, imageFrom * size, imageTo * size, 0f);
      return;
    }
    for (int at = imageFrom * size + channelFrom; at < imageTo * size; at += channels) {
      Arrays.fill(x, at, at + width, 0f);
    }
  }

  /** Adds what output rows {@code from} to {@code to} send back through one filter element. */
  private void add(
      float[] source,
      int sourceIndex,
      int sourceStep,
      int from,
      int to,
      int tap,
      float[] x,
      int channelFrom,
      int width) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int tapRow = tap / columns.size();
    int tapColumn = tap % columns.size();
    int first = columns.firstPlace(tapColumn);
    int count = columns.endPlace(tapColumn) - first;
    int column = columns.at(first, tapColumn);
    int step = columns.stride() * geometry.channels();
    for (int row = from; row < to; row++) {
      int image = row / rows.output();
      int h = rows.at(row % rows.output(), tapRow);
      if (h < 0 || h >= rows.input()) {
        continue;
      }
      int target =
          ((image * rows.input() + h) * columns.input() + column) * geometry.channels()
              + channelFrom;
      windows.add(
          source,
          sourceIndex + ((row - from) * columns.output() + first) * sourceStep,
          sourceStep,
          x,
          target,
          step,
          count,
          width);
    }
  }
}
