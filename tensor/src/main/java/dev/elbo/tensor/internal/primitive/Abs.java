package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = |x|}; the gradient at 0 is 0. */
public record Abs() implements Unary {
  @Override
  public float apply(float x) {
    return Math.abs(x);
  }

  @Override
  public double apply(double x) {
    return Math.abs(x);
  }

  @Override
  public int apply(int x) {
    return Math.abs(x);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.input(0).sign()));
  }
}
