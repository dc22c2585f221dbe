package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = 1 / (1 + e^-x)}. */
public record Sigmoid() implements Transcendental {
  @Override
  public MathFunction function() {
    return MathFunction.SIGMOID;
  }

  @Override
  public boolean keepsInput() {
    return true;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().multiply(at.output()).multiply(at.output().negate().add(1)));
  }
}
