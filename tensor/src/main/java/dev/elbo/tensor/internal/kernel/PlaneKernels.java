package dev.elbo.tensor.internal.kernel;

/**
 * Loops over a row of neighbouring places that all see the same elements of planes: place q sees
 * {@code x[xIndex + taps[k] + q]}. For images of one channel.
 */
public interface PlaneKernels {
  /**
   * {@code out[outIndex + q * width + j] = sum over k of x[xIndex + taps[k] + q] w[wIndex + k *
   * width + j]}, one chain of fused multiply-adds over ascending k, started from zero.
   *
   * @param count how many places
   * @param width how many columns
   */
  void multiply(
      float[] x,
      int xIndex,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width);

  /**
   * {@code w[wIndex + k * width + j] += sum over q of x[xIndex + taps[k] + q] y[yIndex + q * width
   * + j]}, each one chain of fused multiply-adds over ascending q, started from w.
   *
   * @param count how many places
   * @param width how many columns
   */
  void addGradient(
      float[] x,
      int xIndex,
      int[] taps,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width);
}
