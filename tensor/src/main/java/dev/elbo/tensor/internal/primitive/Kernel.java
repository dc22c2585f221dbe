package dev.elbo.tensor.internal.primitive;

/**
 * A primitive made ready for fixed shapes: work on flat arrays, cut into chunks by shape alone. Any
 * thread may run any chunk; every output element is written by exactly one, or by one of each part
 * where the work has parts that go on from each other ({@link MatrixKernel#parts}).
 */
public interface Kernel {
  /** Number of pieces of work. */
  default int chunks() {
    return 1;
  }

  /** A rough estimate of all chunks' work in nanoseconds on one core. */
  default double nanos() {
    return 10_000.0 * (chunks() - 1);
  }

  /** Floats of scratch that one chunk needs. */
  default int scratchFloats() {
    return 0;
  }

  /** Floats in which chunks leave partial results for {@link #end}, shared by all of them. */
  default int partialFloats() {
    return 0;
  }

  /**
   * Writes a chunk's part of the output, every element of it: the output array comes as it was left
   * by whoever used it before.
   *
   * @param chunk which piece, 0 to {@link #chunks} - 1
   * @param inputs the inputs' arrays, contiguous and row-major from index 0; they may be longer
   *     than the shape says; behind them, if {@link #partialFloats} is not 0, an array of so many
   * @param output the output's array, likewise
   * @param scratch at least {@link #scratchFloats} floats that no other running chunk uses
   */
  void run(int chunk, Object[] inputs, Object output, float[] scratch);

  /** Combines partial results, in an order set by shape alone, after all chunks have run. */
  default void end(Object[] inputs, Object output) {}
}
