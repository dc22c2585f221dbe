package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.GemmKernels;
import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;

/** Matrix products on the Vector API. */
public final class VectorGemmKernels implements GemmKernels {

  @Override
  public int leastColumns() {
    return VectorGemmLoops.STRIP;
  }

  @Override
  public GemmLoops loops(GemmShape shape, int chunkRows, int chunkColumns) {
    return new VectorGemmLoops(shape, chunkRows, chunkColumns);
  }
}
