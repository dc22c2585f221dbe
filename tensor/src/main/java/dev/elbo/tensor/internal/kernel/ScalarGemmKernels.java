package dev.elbo.tensor.internal.kernel;

/** Matrix products in plain Java, in loops that the just-in-time compiler vectorises. */
public final class ScalarGemmKernels implements GemmKernels {
  private final RowBlocks blocks = new RowBlocks();

  @Override
  public GemmLoops loops(GemmShape shape, int chunkRows, int chunkColumns) {
    return new ScalarGemmLoops(shape, blocks);
  }
}
