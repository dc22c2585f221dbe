package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Shape;

/**
 * The lengths of a convolution of (batch, height, width, channels) by (height, width, channels,
 * filters) and how its windows lie.
 */
record ConvolutionGeometry(int batch, Window rows, Window columns, int channels, int filters) {
  /**
   * The lengths that follow from some shapes.
   *
   * @param input shape of the convolution's input
   * @param filterHeight rows of a filter
   * @param filterWidth columns of a filter
   * @param output shape of the convolution's output
   */
  static ConvolutionGeometry of(
      Convolution convolution, Shape input, int filterHeight, int filterWidth, Shape output) {
    return new ConvolutionGeometry(
        input.dim(0),
        Window.of(
            input.dim(1),
            output.dim(1),
            filterHeight,
            convolution.strideHeight(),
            convolution.dilationHeight(),
            convolution.padding()),
        Window.of(
            input.dim(2),
            output.dim(2),
            filterWidth,
            convolution.strideWidth(),
            convolution.dilationWidth(),
            convolution.padding()),
        input.dim(3),
        output.dim(3));
  }

  /** Output positions of the whole batch. */
  int positions() {
    return batch * imagePositions();
  }

  /** Output positions of one image. */
  int imagePositions() {
    return rows.output() * columns.output();
  }

  /** Input elements of one image. */
  int imageSize() {
    return rows.input() * columns.input() * channels;
  }

  /** Elements of a filter's one channel. */
  int taps() {
    return rows.size() * columns.size();
  }

  /** Elements of one filter: the inputs that one output sees. */
  int patch() {
    return taps() * channels;
  }

  /** Multiplications and additions of the convolution, each counted as one, padding included. */
  double flops() {
    return 2.0 * positions() * patch() * filters;
  }

  /** True if each output position sees one input position, its own. */
  boolean isPointwise() {
    return taps() == 1
        && rows.stride() == 1
        && columns.stride() == 1
        && rows.before() == 0
        && columns.before() == 0;
  }

  /** How many chunks the work is worth, set by shape alone. */
  int wantedChunks(int most) {
    double few = Math.min(FEW_CHUNKS, flops() / FLOPS_OF_FEW);
    int chunks = (int) Math.clamp(Math.max(few, flops() / FLOPS_PER_CHUNK), 1, most);
    // An even number, so that two threads have the same to do, and the same in every call.
    return chunks > 1 ? chunks + chunks % 2 : 1;
  }

  /** Some tens of microseconds, so that a late helper finds work. */
  private static final double FLOPS_PER_CHUNK = 2_000_000;

  /** What is worth no more than a few such chunks is cut into a few smaller ones. */
  private static final int FEW_CHUNKS = 4;

  private static final double FLOPS_OF_FEW = 800_000;
}
