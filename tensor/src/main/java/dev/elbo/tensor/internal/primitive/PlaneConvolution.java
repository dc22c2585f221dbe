package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.PlaneKernels;

/**
 * A convolution in float32 of one channel: the filters stay in registers while the output positions
 * of a row go by. Each element is one chain of fused multiply-adds over ascending (r, s), padding
 * included as zeros.
 *
 * <p>Neighbouring positions must see neighbours in memory, so what a chunk sees is first laid out
 * as planes with padding: for each row, one for each column of a stride.
 */
final class PlaneConvolution implements MatrixKernel {
  private static final int MOST_CHUNKS = 64;

  /** Fewer would leave most of a vector empty. */
  private static final int LEAST_FILTERS = 16;

  /** Rows of one image that a block lays out together. */
  private static final int MOST_ROWS = 32;

  private final ConvolutionGeometry geometry;
  private final PlaneKernels planes;
  private final boolean inPlace;
  private final int planeLength;
  private final int rowFloats;
  private final int chunkRows;
  private final int[] taps;

  PlaneConvolution(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    planes = kernels.planes();
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int stride = columns.stride();
    inPlace =
        stride == 1
            && rows.before() == 0
            && columns.before() == 0
            && rows.at(rows.output() - 1, rows.size() - 1) < rows.input()
            && columns.at(columns.output() - 1, columns.size() - 1) < columns.input();
    planeLength =
        inPlace
            ? columns.input()
            : columns.output() + (columns.size() - 1) * columns.dilation() / stride;
    rowFloats = stride * planeLength;
    int outputRows = geometry.batch() * rows.output();
    chunkRows = Math.ceilDiv(outputRows, geometry.wantedChunks(MOST_CHUNKS));
    taps = new int[geometry.patch()];
    for (int k = 0; k < taps.length; k++) {
      int column = k % columns.size() * columns.dilation();
      int row = k / columns.size() * rows.dilation();
      int plane = column % stride;
      taps[k] = row * rowFloats + plane * planeLength + column / stride;
    }
  }

  static boolean suits(ConvolutionGeometry geometry) {
    return geometry.channels() == 1
        && geometry.filters() >= LEAST_FILTERS
        && geometry.positions() > 0;
  }

  @Override
  public int chunks() {
    return Math.ceilDiv(outputRows(), chunkRows);
  }

  private int outputRows() {
    return geometry.batch() * geometry.rows().output();
  }

  @Override
  public double nanos() {
    return geometry.flops() / 40;
  }

  @Override
  public int scratchFloats() {
    return inPlace ? 0 : seenRows(Math.min(MOST_ROWS, chunkRows)) * rowFloats;
  }

  /** How many rows of the input some neighbouring rows of the output see. */
  private int seenRows(int rows) {
    Window window = geometry.rows();
    return (rows - 1) * window.stride() + (window.size() - 1) * window.dilation() + 1;
  }

  @Override
  public int columns() {
    return geometry.filters();
  }

  @Override
  public int rowFrom(int chunk) {
    return chunk * chunkRows * geometry.columns().output();
  }

  @Override
  public int rowTo(int chunk) {
    return Math.min(geometry.positions(), rowFrom(chunk + 1));
  }

  @Override
  public int columnFrom(int chunk) {
    return 0;
  }

  @Override
  public int columnTo(int chunk) {
    return geometry.filters();
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    float[] x = (float[]) inputs[0];
    float[] w = (float[]) inputs[1];
    float[] y = (float[]) output;
    int imageRows = geometry.rows().output();
    int stride = geometry.rows().stride();
    int count = geometry.columns().output();
    int filters = geometry.filters();
    int to = Math.min(outputRows(), (chunk + 1) * chunkRows);
    int from = chunk * chunkRows;
    while (from < to) {
      int image = from / imageRows;
      int p = from % imageRows;
      int high = Math.min(MOST_ROWS, Math.min(imageRows - p, to - from));
      int h = geometry.rows().at(p, 0);
      int base = 0;
      if (inPlace) {
        base = (image * geometry.rows().input() + h) * rowFloats;
      } else {
        layOut(x, image, h, seenRows(high), scratch);
      }
      for (int i = 0; i < high; i++) {
        planes.multiply(
            inPlace ? x : scratch,
            base + i * stride * rowFloats,
            taps,
            w,
            0,
            y,
            (from + i) * count * filters,
            count,
            filters);
      }
      from += high;
    }
  }

  private void layOut(float[] x, int image, int fromRow, int rows, float[] to) {
    Window columns = geometry.columns();
    int stride = columns.stride();
    int at = 0;
    for (int h = fromRow; h < fromRow + rows; h++) {
      boolean inside = h >= 0 && h < geometry.rows().input();
      int row = (image * geometry.rows().input() + h) * columns.input();
      for (int phase = 0; phase < stride; phase++) {
        int first = phase - columns.before();
        for (int i = 0; i < planeLength; i++) {
          int v = first + i * stride;
          boolean seen = inside && v >= 0 && v < columns.input();
          to[at + i] = seen ? x[row + v] : 0f;
        }
        at += planeLength;
      }
    }
  }
}
