package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = min of x}, NaN if one is; elements that tie share the gradient evenly. */
public record Min(int first, int last) implements Reduction {
  @Override
  public void vjp(Backward at) {
    Tensor reached = at.input(0).equal(expand(at.output(), at)).cast(at.cotangent().dtype());
    Tensor count = Tensor.apply(new Sum(first, last), reached);
    at.add(0, reached.multiply(expand(at.cotangent().divide(count), at)));
  }
}
