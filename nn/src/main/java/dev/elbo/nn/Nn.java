package dev.elbo.nn;

import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Cross-entropies of logits, as {@code tf.nn} has them: not reduced, and never looking through an
 * activation. Given the output of a softmax or sigmoid layer they take it for logits, and warn.
 */
public final class Nn {
  private Nn() {}

  /**
   * {@code -sum over classes of y log softmax(z)}
   *
   * @param labels y, a distribution over classes for each sample, of the logits' shape: one-hot
   *     labels, for one
   * @param logits z, (..., classes), floating
   * @return nats a sample, of the logits' shape without its last axis
   */
  public static Tensor softmaxCrossEntropyWithLogits(Tensor labels, Tensor logits) {
    String owner = "softmaxCrossEntropyWithLogits";
    Tensor z = Targets.predictions(owner, logits);
    Findings.requireLogits(owner, z, "Losses.categoricalCrossentropy");
    if (!labels.shape().equals(z.shape())) {
      throw new IllegalArgumentException(
          owner
              + ": expected labels of the logits' shape "
              + z.shape()
              + ", received shape "
              + labels.shape()
              + ". For class indices use sparseSoftmaxCrossEntropyWithLogits, or"
              + " Tensor.oneHot(labels, "
              + z.shape().dim(-1)
              + ").");
    }
    return z.logSoftmax(-1).multiply(labels.cast(z.dtype())).sum(-1).negate();
  }

  /**
   * {@code ln sum of e^z - z[y]}
   *
   * <p>NaN for a label outside [0, classes).
   *
   * @param labels y, a class index for each sample, int32 or uint8, of the logits' shape without
   *     its last axis
   * @param logits z, (..., classes), floating
   * @return nats a sample, of the labels' shape
   */
  public static Tensor sparseSoftmaxCrossEntropyWithLogits(Tensor labels, Tensor logits) {
    String owner = "sparseSoftmaxCrossEntropyWithLogits";
    Tensor z = Targets.predictions(owner, logits);
    Findings.requireLogits(owner, z, "Losses.sparseCategoricalCrossentropy");
    int classes = z.shape().dim(-1);
    Tensor y =
        Targets.classIndices(
            owner, labels, z, "For one-hot labels use softmaxCrossEntropyWithLogits.");
    Tensor nothing = Tensor.zeros(Shape.scalar(), z.dtype());
    // A choice, not a product with a one-hot row: 0 times an infinite logit would be NaN.
    Tensor chosen =
        Tensor.where(y.expandDims(-1).equal(Tensor.arange(classes)), z, nothing).sum(-1);
    Tensor known = y.greaterEqual(0).and(y.less(classes));
    return Tensor.where(
        known, z.logSumExp(-1).subtract(chosen), Tensor.scalar(Double.NaN, z.dtype()));
  }

  /**
   * {@code -y ln sigmoid(z) - (1 - y) ln(1 - sigmoid(z)) = softplus(z) - y z}
   *
   * @param labels y, probabilities, of the logits' shape
   * @param logits z, floating
   * @return nats an element, of the logits' shape
   */
  public static Tensor sigmoidCrossEntropyWithLogits(Tensor labels, Tensor logits) {
    String owner = "sigmoidCrossEntropyWithLogits";
    Tensor z = Targets.predictions(owner, logits);
    Findings.requireLogits(owner, z, "Losses.binaryCrossentropy");
    if (!labels.shape().equals(z.shape())) {
      throw new IllegalArgumentException(
          owner
              + ": expected labels of the logits' shape "
              + z.shape()
              + ", received shape "
              + labels.shape()
              + ". Reshape one of them; (batch) goes with (batch, 1) by expandDims(-1).");
    }
    return z.softplus().subtract(labels.cast(z.dtype()).multiply(z));
  }
}
