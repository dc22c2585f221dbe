package dev.elbo.tensor.internal.kernel;

/** Matrix products of one backend; every backend gives the same bits. */
public interface GemmKernels {

  /** The narrowest strip of columns that a large B should be cut into. */
  int leastColumns();

  /**
   * The loops for one product.
   *
   * @param chunkRows the most rows of C that a call will ask for
   * @param chunkColumns the most columns of C that a call will ask for
   */
  GemmLoops loops(GemmShape shape, int chunkRows, int chunkColumns);
}
