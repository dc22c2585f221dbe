package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.RandomFills;
import dev.elbo.tensor.internal.kernel.RandomKernels;
import java.util.List;

/** 1 with a probability, else 0; float32. */
public record RandomBernoulli(Shape target, int stream, double probability) implements RandomFill {
  @Override
  public DType dtype(List<Node> inputs) {
    return DType.FLOAT32;
  }

  @Override
  public void fill(RandomFills fills, Object output, int from, int to, long seed, long step) {
    RandomKernels.bernoulli(
        fills, (float[]) output, from, to, seed, stream, step, (float) probability);
  }
}
