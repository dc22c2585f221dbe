package dev.elbo.tensor.internal.kernel;

/** The loops of one product of a fixed shape. Safe from many threads, each with its own scratch. */
public interface GemmLoops {

  /** How many floats of scratch a call needs, its contents being of no interest. */
  int scratchFloats();

  /**
   * Writes rows {@code [rowFrom, rowTo)} and columns {@code [columnFrom, columnTo)} of C, each
   * element one chain of fused multiply-adds over ascending k, started from C or from zero.
   */
  void run(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      boolean accumulate,
      float[] scratch);
}
