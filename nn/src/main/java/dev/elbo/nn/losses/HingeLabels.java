package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/** What the hinge losses share. */
final class HingeLabels {
  private HingeLabels() {}

  /** {@code max(1 - y p, 0)}, y being -1 and 1, also where the labels are 0 and 1. */
  static Tensor margins(Targets.Pair pair) {
    Tensor y = pair.labels();
    Tensor binary = y.equal(0).or(y.equal(1)).all();
    Tensor signs = Tensor.where(binary, y.multiply(2).subtract(1), y);
    return signs.multiply(pair.predictions()).negate().add(1).maximum(0);
  }
}
