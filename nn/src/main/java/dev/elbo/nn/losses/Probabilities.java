package dev.elbo.nn.losses;

import dev.elbo.tensor.Tensor;
import java.util.Optional;

/** What the cross-entropies of probabilities share. */
final class Probabilities {
  /** Keras's {@code epsilon()}. */
  static final double EPSILON = 1e-7;

  private Probabilities() {}

  /** {@code p} in [1e-7, 1 - 1e-7], where its logarithm and that of its complement are finite. */
  static Tensor clipped(Tensor p) {
    return p.clip(EPSILON, 1 - EPSILON);
  }

  /** {@code p / sum of p} over the last axis, clipped. */
  static Tensor shares(Tensor p) {
    return clipped(p.divide(p.sum(new int[] {-1}, true)));
  }

  /** {@code -y ln p - (1 - y) ln(1 - p)} of clipped probabilities, element by element. */
  static Tensor binaryCrossentropy(Tensor y, Tensor probabilities) {
    Tensor p = clipped(probabilities);
    return y.multiply(p.log()).add(y.negate().add(1).multiply(p.negate().add(1).log())).negate();
  }

  /** {@code y (1 - labelSmoothing) + labelSmoothing / classes} */
  static Tensor smoothed(Tensor y, double labelSmoothing, int classes) {
    return labelSmoothing == 0 ? y : y.multiply(1 - labelSmoothing).add(labelSmoothing / classes);
  }

  /** The logits of the predictions over an axis, if they are known. */
  static Optional<Tensor> softmaxLogits(String owner, Tensor yPred, boolean fromLogits, int axis) {
    if (fromLogits) {
      return Optional.of(yPred);
    }
    // A tensor knows that it is a softmax over its last axis, and of no other.
    return yPred.shape().rank() > 0 && LossAxis.isLast(owner, yPred.shape(), axis)
        ? yPred.softmaxLogits()
        : Optional.empty();
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
