package dev.elbo.nn.losses;

import dev.elbo.tensor.Tensor;

/** What the cross-entropies of probabilities share. */
final class Probabilities {
  /** Keras's {@code epsilon()}. */
  static final double EPSILON = 1e-7;

  private Probabilities() {}

  /** {@code p} in [1e-7, 1 - 1e-7], where its logarithm and that of its complement are finite. */
  static Tensor clipped(Tensor p) {
    return p.clip(EPSILON, 1 - EPSILON);
  }

  static double requireSmoothing(String owner, double labelSmoothing) {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          owner
              + ": expected labelSmoothing from 0 to 1, received "
              + labelSmoothing
              + ". 0.1 moves a tenth of each label to the other classes.");
    }
    return labelSmoothing;
  }
}
