package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = ln(1 + x)}, exact near 0. */
public record Log1p() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.LOG1P;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().divide(at.input(0).add(1)));
  }
}
