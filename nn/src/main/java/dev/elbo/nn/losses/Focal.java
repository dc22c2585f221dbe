package dev.elbo.nn.losses;

import dev.elbo.tensor.Tensor;

/** What the focal losses share. */
final class Focal {
  private Focal() {}

  /** {@code (1 - p)^gamma} */
  static Tensor factor(Tensor p, double gamma) {
    Tensor miss = p.negate().add(1).relu();
    if (gamma == 2) {
      return miss.square();
    }
    // 0^0 would have the gradient 0 * infinity.
    return gamma == 0 ? Tensor.ones(p.shape(), p.dtype()) : miss.pow(gamma);
  }

  static void requireGamma(String owner, double gamma) {
    if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          owner
              + ": expected a finite gamma of 0 or more, received "
              + gamma
              + ". 0 is the plain cross-entropy; Keras's is 2.");
    }
  }

  static void requireAlpha(String owner, double alpha) {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException(
          owner
              + ": expected alpha from 0 to 1, received "
              + alpha
              + ". It is the weight of a class; Keras's is 0.25.");
    }
  }
}
