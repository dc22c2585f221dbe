package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Kernels;

/**
 * A convolution in float32 with stride 1 and a handful of filters, whose product would leave most
 * of a vector empty. It is the transposed convolution with the filters turned around: all filter
 * elements make up the columns of one product, and its results are added where they belong.
 */
final class Conv2DFewFiltersKernel implements ConvolutionKernel {
  private static final int MOST_FILTERS = 4;

  /** With fewer channels there is too little to multiply for what there is to add. */
  private static final int LEAST_CHANNELS = 8;

  private final ConvolutionGeometry geometry;
  private final Conv2DInputGradientKernel transposed;

  Conv2DFewFiltersKernel(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    ConvolutionGeometry turned =
        new ConvolutionGeometry(
            geometry.batch(),
            turned(geometry.rows()),
            turned(geometry.columns()),
            /* channels= */ geometry.filters(),
            /* filters= */ geometry.channels());
    transposed = new Conv2DInputGradientKernel(turned, kernels);
  }

  static boolean suits(ConvolutionGeometry geometry) {
    return geometry.filters() <= MOST_FILTERS
        && geometry.channels() >= LEAST_CHANNELS
        && geometry.taps() > 1
        && geometry.rows().stride() == 1
        && geometry.columns().stride() == 1;
  }

  /** The window that sees outputs from inputs. */
  private static Window turned(Window window) {
    int reach = (window.size() - 1) * window.dilation();
    return new Window(
        /* input= */ window.output(),
        /* output= */ window.input(),
        window.size(),
        1,
        window.dilation(),
        reach - window.before());
  }

  @Override
  public int chunks() {
    return transposed.chunks();
  }

  @Override
  public double nanos() {
    return transposed.nanos();
  }

  @Override
  public int scratchFloats() {
    return transposed.scratchFloats() + geometry.patch() * geometry.filters();
  }

  @Override
  public int columns() {
    return transposed.columns();
  }

  @Override
  public int imagePositions() {
    return transposed.imagePositions();
  }

  @Override
  public int rowFrom(int chunk) {
    return transposed.rowFrom(chunk);
  }

  @Override
  public int rowTo(int chunk) {
    return transposed.rowTo(chunk);
  }

  @Override
  public int columnFrom(int chunk) {
    return transposed.columnFrom(chunk);
  }

  @Override
  public int columnTo(int chunk) {
    return transposed.columnTo(chunk);
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    float[] w = (float[]) inputs[1];
    int filters = geometry.filters();
    int channels = geometry.channels();
    int taps = geometry.taps();
    int offset = transposed.scratchFloats();
    // Each chunk turns the few filters around for itself: there is nobody else to do it first.
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < filters; f++) {
          scratch[offset + ((taps - 1 - tap) * filters + f) * channels + c] =
              w[(tap * channels + c) * filters + f];
        }
      }
    }
    transposed.run(chunk, (float[]) inputs[0], scratch, offset, (float[]) output, scratch);
  }
}
