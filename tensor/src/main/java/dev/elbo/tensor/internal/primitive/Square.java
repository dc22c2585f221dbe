package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = x^2}. */
public record Square() implements Unary {
  @Override
  public float apply(float x) {
    return x * x;
  }

  @Override
  public double apply(double x) {
    return x * x;
  }

  @Override
  public int apply(int x) {
    return x * x;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.input(0)).multiply(2));
  }
}
