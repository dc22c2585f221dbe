package dev.elbo.tensor.internal.kernel;

/** Products of the gradient of filters, read from the image in place. */
public interface ImageGradients {
  /** What columns come in multiples of. */
  int columnStep();

  /** The most columns that one call should have. */
  int mostColumns();

  /** Of more columns than so many, y is in panels of so many, one after the other. */
  int panelColumns();

  /**
   * {@code w[w0 + i * wStep + j] (+)= sum over p of x[x0 + places[place + p] + i] y[y0 + p * yStep
   * + j]}, each one chain of fused multiply-adds over ascending p. Of more than {@link
   * #panelColumns} columns, element {@code (p, j)} of y is element {@code (p, j % panelColumns())}
   * of a panel of {@code count} rows, and {@code yStep} is {@link #panelColumns}.
   *
   * @param count how many places
   * @param rows neighbouring elements of what a place sees
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
      int yStep,
      float[] w,
      int w0,
      int wStep,
      int rows,
      int columns,
      boolean accumulate);
}
