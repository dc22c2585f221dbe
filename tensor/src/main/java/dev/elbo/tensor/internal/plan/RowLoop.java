package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.RowKernels;

/**
 * Adds one row to every row of a matrix, and takes relu of that if asked to: the loop of arrays x,
 * row and target. The JVM's compiler makes no vector instructions of an index that starts again.
 */
final class RowLoop implements Loop {
  private final RowKernels kernels = Kernels.get().rows();
  private final int columns;
  private final boolean relu;

  RowLoop(int columns, boolean relu) {
    this.columns = columns;
    this.relu = relu;
  }

  @Override
  public void run(Object[] arrays, int from, int to) {
    kernels.add(
        (float[]) arrays[0],
        from,
        (float[]) arrays[1],
        from % columns,
        columns,
        relu,
        (float[]) arrays[2],
        from,
        to - from);
  }
}
