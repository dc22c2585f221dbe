package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x}. */
public record Erf() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.ERF;
  }

  @Override
  public void vjp(Backward at) {
    at.add(
        0,
        at.cotangent()
            .multiply(at.input(0).square().negate().exp())
            .multiply(2 / Math.sqrt(Math.PI)));
  }
}
