package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = e^x - 1}, exact near 0. */
public record Expm1() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.EXPM1;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.output().add(1)));
  }
}
