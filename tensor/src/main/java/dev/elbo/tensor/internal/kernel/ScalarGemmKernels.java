package dev.elbo.tensor.internal.kernel;

/** Matrix products in plain Java, in loops that the just-in-time compiler vectorises. */
public final class ScalarGemmKernels implements GemmKernels {
  private final RowBlocks blocks = new RowBlocks();

  /** Short rows leave much of a vectorised loop to its scalar ends. */
  @Override
  public int leastColumns() {
    return RowBlocks.WIDTH;
  }

  @Override
  public GemmLoops loops(GemmShape shape, int chunkRows, int chunkColumns) {
    return new ScalarGemmLoops(shape, blocks);
  }
}
