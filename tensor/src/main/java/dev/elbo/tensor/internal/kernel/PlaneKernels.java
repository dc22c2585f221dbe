package dev.elbo.tensor.internal.kernel;

/**
 * Loops over rows of neighbouring places that all see the same elements of planes: place q of row i
 * sees {@code x[xIndex + i * xStep + taps[k] + q]}. For images of one channel.
 */
public interface PlaneKernels {
  /**
   * {@code out[outIndex + (i * count + q) * width + j] = sum over k of x[xIndex + i * xStep +
   * taps[k] + q] w[wIndex + k * width + j]}, one chain of fused multiply-adds over ascending k,
   * started from zero.
   *
   * @param rows how many rows
   * @param count how many places in a row
   * @param width how many columns
   */
  void multiply(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int rows,
      int count,
      int width);

  /**
   * {@code w[wIndex + k * width + j] += sum over i, q of x[xIndex + i * xStep + taps[k] + q]
   * y[yIndex + (i * count + q) * width + j]}, each one chain of fused multiply-adds over ascending
   * (i, q), started from w.
   *
   * @param rows how many rows
   * @param count how many places in a row
   * @param width how many columns
   */
  void addGradient(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int rows,
      int count,
      int width);
}
