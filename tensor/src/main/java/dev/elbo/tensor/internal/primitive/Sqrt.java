package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = sqrt(x)}, correctly rounded; NaN below 0. */
public record Sqrt() implements Unary {
  @Override
  public float apply(float x) {
    return (float) Math.sqrt(x);
  }

  @Override
  public double apply(double x) {
    return Math.sqrt(x);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(0.5).divide(at.output()));
  }
}
