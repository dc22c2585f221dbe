package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = max(x, 0)}, NaN for NaN; the gradient at 0 is 0. */
public record Relu() implements Unary {
  @Override
  public float apply(float x) {
    return Math.max(x, 0f);
  }

  @Override
  public double apply(double x) {
    return Math.max(x, 0.0);
  }

  @Override
  public int apply(int x) {
    return Math.max(x, 0);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.output().step()));
  }
}
