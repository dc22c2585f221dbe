package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = ln(1 + e^x)}, without overflow. */
public record Softplus() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.SOFTPLUS;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.input(0).sigmoid()));
  }
}
