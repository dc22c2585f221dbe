package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = sum of x}; 0 over nothing. */
public record Sum(int first, int last) implements Reduction {
  @Override
  public void vjp(Backward at) {
    at.add(0, expand(at.cotangent(), at));
  }
}
