package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.RandomFills;
import dev.elbo.tensor.internal.kernel.RandomKernels;
import java.util.List;

/** Normal numbers. */
public record RandomNormal(Shape target, DType dtype, int stream, double mean, double stddev)
    implements RandomFill {
  @Override
  public DType dtype(List<Node> inputs) {
    return dtype;
  }

  @Override
  public void fill(RandomFills fills, Object output, int from, int to, long seed, long step) {
    if (output instanceof float[] x) {
      RandomKernels.normal(fills, x, from, to, seed, stream, step, (float) mean, (float) stddev);
    } else {
      RandomKernels.normal((double[]) output, from, to, seed, stream, step, mean, stddev);
    }
  }
}
