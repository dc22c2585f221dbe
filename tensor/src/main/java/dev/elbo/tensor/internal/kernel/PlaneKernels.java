package dev.elbo.tensor.internal.kernel;

/**
 * Loops over rows of neighbouring places that all see the same elements of planes: place q of row i
 * sees {@code x[xIndex + i * xStep + taps[k] + q]}. For images of one channel.
 */
public interface PlaneKernels {
  /** Floats behind the last one that {@link #layOut} may overwrite, and {@link #sum} may read. */
  int MOST_BEHIND = 64;

  /**
   * Lays out rows one behind the other: {@code left} zeros, {@code x[xIndex + i * xRow + q *
   * xStep]} for {@code count} places q, and {@code right} zeros. It may write anything to the next
   * {@link #MOST_BEHIND} floats, which must be there.
   *
   * @param rows how many rows
   */
  void layOut(
      float[] x,
      int xIndex,
      int xRow,
      int xStep,
      int rows,
      int left,
      int count,
      int right,
      float[] out,
      int outIndex);

  /**
   * {@code out[outIndex + (i * count + q) * width + j] = sum over k of x[xIndex + i * xStep +
   * taps[k] + q] w[wIndex + k * width + j]}, one chain of fused multiply-adds over ascending k,
   * started from zero.
   *
   * @param taps nine of them
   * @param rows how many rows
   * @param count how many places in a row, fewer than 2^24
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

  /** {@code out[outIndex + j * outStep + q] = x[xIndex + q * width + j]} for some places q. */
  void turn(float[] x, int xIndex, int count, int width, float[] out, int outIndex, int outStep);

  /**
   * {@code out[outIndex + q] = sum over k of x[xIndex + places[k] + q]}, from zero, by ascending k.
   * It may read {@link #MOST_BEHIND} floats behind the last of them.
   */
  void sum(float[] x, int xIndex, int[] places, float[] out, int outIndex, int count);

  /**
   * {@code out[outIndex + i] = x[xIndex + i] step(v[outIndex + i])} for {@code count} places. The
   * step is 1 above 0, else 0, and NaN of NaN; out may be v.
   */
  void open(float[] x, int xIndex, float[] v, float[] out, int outIndex, int count);

  /**
   * {@code w[wIndex + k * width + j] += sum over i, q of x[xIndex + i * xStep + taps[k] + q]
   * y[yIndex + (i * count + q) * width + j]}, each one chain of fused multiply-adds over ascending
   * (i, q), started from w.
   *
   * @param rows how many rows
   * @param count how many places in a row, fewer than 2^24
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
