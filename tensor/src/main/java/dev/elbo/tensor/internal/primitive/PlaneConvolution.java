package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.PlaneKernels;

/**
 * A convolution in float32 of one channel: all elements of the filters meet the output positions of
 * a row in one loop. Each element is one chain of fused multiply-adds over ascending (r, s),
 * padding included as zeros.
 *
 * <p>Neighbouring positions must see neighbours in memory, so what a chunk sees is first laid out
 * as planes with padding, one for each column of a stride.
 */
final class PlaneConvolution implements ConvolutionKernel {
  private static final int MOST_CHUNKS = 64;

  /** Fewer would leave most of a vector empty. */
  private static final int LEAST_FILTERS = 16;

  private static final int TAPS = 9;

  /** Floats of a part of the output that a common first-level cache holds beside others. */
  private static final int OPEN_FLOATS = 1 << 12;

  private final ConvolutionGeometry geometry;
  private final PlaneKernels planes;
  private final Planes layout;
  private final int chunkRows;

  PlaneConvolution(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    planes = kernels.planes();
    layout = new Planes(geometry, planes);
    int outputRows = geometry.batch() * geometry.rows().output();
    chunkRows = Math.ceilDiv(outputRows, geometry.wantedChunks(MOST_CHUNKS));
  }

  /** Whether a convolution's output is computed so: as many filter elements as that loop has. */
  static boolean suitsForward(ConvolutionGeometry geometry) {
    return suits(geometry) && geometry.taps() == TAPS;
  }

  static boolean suits(ConvolutionGeometry geometry) {
    return geometry.channels() == 1
        && geometry.filters() >= LEAST_FILTERS
        && geometry.positions() > 0
        && Planes.fit(geometry);
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
    return layout.scratchFloats();
  }

  @Override
  public int columns() {
    return geometry.filters();
  }

  @Override
  public int imagePositions() {
    return geometry.imagePositions();
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
    int from = chunk * chunkRows;
    int to = Math.min(outputRows(), from + chunkRows);
    rows((float[]) inputs[0], (float[]) inputs[1], from, to, (float[]) output, 0, scratch);
  }

  /** Writes one image of the output to an array that holds no more, from an index on. */
  void image(float[] x, float[] w, int image, float[] y, int at, float[] scratch) {
    int from = image * geometry.rows().output();
    int first = image * geometry.imagePositions() * geometry.filters();
    rows(x, w, from, from + geometry.rows().output(), y, at - first, scratch);
  }

  /** Floats of scratch that {@link #openImage} needs. */
  int openScratchFloats() {
    return layout.scratchFloats() + openRows() * geometry.columns().output() * geometry.filters();
  }

  private int openRows() {
    int row = geometry.columns().output() * geometry.filters();
    return Math.clamp(OPEN_FLOATS / row, 1, Planes.MOST_ROWS);
  }

  /**
   * Writes one image of the output, each element times {@code step(v)}.
   *
   * @param v as the output, and perhaps the same array
   */
  void openImage(float[] x, float[] w, float[] v, int image, float[] y, float[] scratch) {
    int imageRows = geometry.rows().output();
    int row = geometry.columns().output() * geometry.filters();
    int product = layout.scratchFloats();
    for (int p = 0; p < imageRows; p += openRows()) {
      int high = Math.min(openRows(), imageRows - p);
      int base = layout.layOut(x, image, p, high, scratch);
      planes.multiply(
          layout.array(x, scratch),
          base,
          layout.rowStep(),
          layout.taps(),
          w,
          0,
          scratch,
          product,
          high,
          geometry.columns().output(),
          geometry.filters());
      planes.open(scratch, product, v, y, (image * imageRows + p) * row, high * row);
    }
  }

  /**
   * Writes some rows of the output.
   *
   * @param shift where in its array the output begins; below 0 if that holds its later part only
   */
  private void rows(
      float[] x, float[] w, int begin, int to, float[] y, int shift, float[] scratch) {
    int imageRows = geometry.rows().output();
    int count = geometry.columns().output();
    int filters = geometry.filters();
    int from = begin;
    while (from < to) {
      int p = from % imageRows;
      int high = Math.min(Planes.MOST_ROWS, Math.min(imageRows - p, to - from));
      int base = layout.layOut(x, from / imageRows, p, high, scratch);
      planes.multiply(
          layout.array(x, scratch),
          base,
          layout.rowStep(),
          layout.taps(),
          w,
          0,
          y,
          shift + from * count * filters,
          high,
          count,
          filters);
      from += high;
    }
  }
}
