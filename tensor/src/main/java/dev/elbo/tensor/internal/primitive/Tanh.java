package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = tanh x}. */
public record Tanh() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.TANH;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.output().square().negate().add(1)));
  }
}
