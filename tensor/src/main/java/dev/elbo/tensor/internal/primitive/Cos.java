package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = cos x}, x in radians. */
public record Cos() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.COS;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.input(0).sin()).negate());
  }
}
