package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = e^x}. */
public record Exp() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.EXP;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.output()));
  }
}
