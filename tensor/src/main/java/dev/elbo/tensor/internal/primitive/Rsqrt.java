package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = 1 / sqrt(x)}, two correctly rounded operations. */
public record Rsqrt() implements Unary {
  @Override
  public float apply(float x) {
    return 1f / (float) Math.sqrt(x);
  }

  @Override
  public double apply(double x) {
    return 1 / Math.sqrt(x);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(-0.5).multiply(at.output()).multiply(at.output().square()));
  }
}
