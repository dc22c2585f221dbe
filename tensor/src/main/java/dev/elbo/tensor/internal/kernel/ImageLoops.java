package dev.elbo.tensor.internal.kernel;

/**
 * The loops of products of {@link ImageRows} and filters. Safe from many threads, each with its own
 * scratch.
 */
public interface ImageLoops {
  /** How many floats the packed filters need. */
  int packedFloats();

  /** How many floats of scratch {@link #run} needs, its contents being of no interest. */
  int scratchFloats();

  /**
   * Whether filters {@code w[i * rowStep + j * columnStep]} lie as packed ones do, so that {@link
   * #run} may have them as they are.
   */
  boolean isPacked(int rowStep, int columnStep, int columns);

  /**
   * Packs some rows of the filters: {@code packed[k + i, j] = w[i * rowStep + j * columnStep]}.
   *
   * @param k the first of the rows
   */
  void pack(
      float[] w,
      int wOffset,
      int rowStep,
      int columnStep,
      int k,
      int rows,
      int columns,
      float[] packed,
      int packedOffset);

  /**
   * Writes some rows of the product, {@code c[cOffset + targets[i] + j]}: each element is one chain
   * of fused multiply-adds over ascending k, started from zero.
   *
   * @param count how many rows, from the first on
   * @param columns how many columns
   */
  void run(
      float[] x,
      int xOffset,
      int count,
      float[] packed,
      int packedOffset,
      float[] c,
      int cOffset,
      int columns,
      float[] scratch);
}
