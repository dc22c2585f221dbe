package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;

/**
 * {@code y = a^b}, with the special cases of {@link Math#pow}. The gradient with respect to the
 * exponent is 0 where the base is not positive.
 */
public record Pow() implements Elementwise {
  @Override
  public void vjp(Backward at) {
    Tensor base = at.input(0);
    Tensor exponent = at.input(1);
    if (at.wants(0)) {
      // b a^(b-1), but 0 where b is 0, whatever the base.
      Tensor slope = exponent.multiply(base.pow(exponent.subtract(1)));
      Tensor zero = Tensor.full(slope.shape(), 0, slope.dtype());
      at.add(0, at.cotangent().multiply(Tensor.where(exponent.equal(zero), zero, slope)));
    }
    if (at.wants(1)) {
      Tensor zero = Tensor.full(base.shape(), 0, base.dtype());
      Tensor positive = base.greater(zero);
      Tensor one = Tensor.full(base.shape(), 1, base.dtype());
      Tensor log = Tensor.where(positive, base, one).log();
      at.add(1, at.cotangent().multiply(at.output()).multiply(log));
    }
  }
}
