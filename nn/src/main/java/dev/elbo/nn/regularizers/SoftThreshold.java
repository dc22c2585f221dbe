package dev.elbo.nn.regularizers;

import dev.elbo.tensor.Tensor;

/** {@code sign(w) * max(|w| - threshold, 0)} */
final class SoftThreshold {
  private SoftThreshold() {}

  static Tensor of(Tensor weights, Tensor threshold) {
    // What is taken from a small weight is the weight itself, so that exactly 0 is left, not -0.
    return weights.subtract(weights.minimum(threshold).maximum(threshold.negate()));
  }
}
