package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = a - b}; int32 wraps around. */
public record Subtract() implements Binary {
  @Override
  public float apply(float a, float b) {
    return a - b;
  }

  @Override
  public double apply(double a, double b) {
    return a - b;
  }

  @Override
  public int apply(int a, int b) {
    return a - b;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent());
    if (at.wants(1)) {
      at.add(1, at.cotangent().negate());
    }
  }
}
