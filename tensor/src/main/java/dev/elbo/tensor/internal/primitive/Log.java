package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = ln x}; -inf at 0, NaN below. */
public record Log() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.LOG;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().divide(at.input(0)));
  }
}
