package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.RandomFills;
import dev.elbo.tensor.internal.kernel.RandomKernels;
import java.util.List;

/** Uniform numbers in [low, high). */
public record RandomUniform(Shape target, DType dtype, int stream, double low, double high)
    implements RandomFill {
  @Override
  public DType dtype(List<Node> inputs) {
    return dtype;
  }

  @Override
  public void fill(RandomFills fills, Object output, int from, int to, long seed, long step) {
    if (output instanceof float[] x) {
      RandomKernels.uniform(fills, x, from, to, seed, stream, step, (float) low, (float) high);
    } else {
      RandomKernels.uniform((double[]) output, from, to, seed, stream, step, low, high);
    }
  }
}
