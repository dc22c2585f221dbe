package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = -x}. */
public record Negate() implements Unary {
  @Override
  public float apply(float x) {
    return -x;
  }

  @Override
  public double apply(double x) {
    return -x;
  }

  @Override
  public int apply(int x) {
    return -x;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().negate());
  }
}
