package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.RandomFills;
import dev.elbo.tensor.internal.kernel.RandomKernels;
import java.util.List;

/** The numbers 0 to {@code count} - 1 in random order, int32; every order is equally likely. */
public record RandomPermutation(int count, int stream) implements RandomFill {
  @Override
  public Shape target() {
    return Shape.of(count);
  }

  @Override
  public DType dtype(List<Node> inputs) {
    return DType.INT32;
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    Kernel whole = RandomFill.super.kernel(signature, origin);
    return (chunk, inputs, output, scratch) -> whole.run(0, inputs, output, scratch);
  }

  @Override
  public void fill(RandomFills fills, Object output, int from, int to, long seed, long step) {
    RandomKernels.permutation((int[]) output, count, seed, stream, step);
  }
}
