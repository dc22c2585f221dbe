package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = a / b}. On floating types; int32 is cast to float32 before. */
public record Divide() implements Binary {
  @Override
  public float apply(float a, float b) {
    return a / b;
  }

  @Override
  public double apply(double a, double b) {
    return a / b;
  }

  @Override
  public int apply(int a, int b) {
    return a / b;
  }

  @Override
  public void vjp(Backward at) {
    if (at.wants(0)) {
      at.add(0, at.cotangent().divide(at.input(1)));
    }
    if (at.wants(1)) {
      at.add(1, at.cotangent().multiply(at.output()).divide(at.input(1)).negate());
    }
  }
}
