package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = min(a, b)}, NaN if either is; at a tie the gradient goes to a. */
public record Minimum() implements Binary {
  @Override
  public float apply(float a, float b) {
    return Math.min(a, b);
  }

  @Override
  public double apply(double a, double b) {
    return Math.min(a, b);
  }

  @Override
  public int apply(int a, int b) {
    return Math.min(a, b);
  }

  @Override
  public void vjp(Backward at) {
    Tensor fromFirst = at.input(0).lessEqual(at.input(1)).cast(at.cotangent().dtype());
    if (at.wants(0)) {
      at.add(0, at.cotangent().multiply(fromFirst));
    }
    if (at.wants(1)) {
      at.add(1, at.cotangent().multiply(fromFirst.negate().add(1)));
    }
  }
}
