package dev.elbo.tensor.internal.kernel;

/** A tile of the gradient of filters, read from the image in place. */
public interface ImageGradients {
  /** Rows of a tile: neighbouring elements of what a place sees. */
  int rows();

  /** Columns of a tile. */
  int columns();

  /**
   * {@code w[w0 + i * wStep + j] (+)= sum over p of x[x0 + places[place + p] + i] y[y0 + p *
   * columns() + j]}, each one chain of fused multiply-adds over ascending p.
   *
   * @param count how many places
   * @param accumulate whether the chains start from w, or else from zero
   */
  void add(
      float[] x,
      int x0,
      int[] places,
      int place,
      int count,
      float[] y,
      int y0,
      float[] w,
      int w0,
      int wStep,
      boolean accumulate);
}
