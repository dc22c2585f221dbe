package dev.elbo.nn.losses;

import dev.elbo.nn.Nn;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * {@code -sum over classes of y ln p}, y a distribution over classes (one-hot labels, for one) and
 * p the predicted probabilities. In nats.
 *
 * <p>Labels and predictions (batch, ..., classes) give a cost for each sample, (batch, ...).
 *
 * <p>If the predictions are the output of a softmax, the loss is computed from its logits, and is
 * exact where a probability is rounded to 0. Other probabilities are divided by their sum and
 * clipped to [1e-7, 1 - 1e-7], as Keras does on TensorFlow.
 */
public final class CategoricalCrossentropy extends Loss {
  static final String NAME = "CategoricalCrossentropy";

  private final boolean fromLogits;
  private final double labelSmoothing;
  private final int axis;

  private CategoricalCrossentropy(
      Reduction reduction, boolean fromLogits, double labelSmoothing, int axis) {
    super("categorical_crossentropy", reduction);
    this.fromLogits = fromLogits;
    this.labelSmoothing = Probabilities.requireSmoothing(NAME, labelSmoothing);
    this.axis = axis;
  }

  /** Of probabilities, without label smoothing, the mean over the batch. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(Reduction.SUM_OVER_BATCH_SIZE, false, 0, LossAxis.LAST);
  }

  /**
   * Whether predictions are logits, {@code p = softmax(z)}, and not probabilities; false unless
   * set.
   */
  public CategoricalCrossentropy fromLogits(boolean value) {
    return new CategoricalCrossentropy(reduction(), value, labelSmoothing, axis);
  }

  /**
   * Replaces labels by {@code y (1 - labelSmoothing) + labelSmoothing / classes}.
   *
   * @param value from 0 to 1; 0 unless set
   * @throws IllegalArgumentException if outside
   */
  public CategoricalCrossentropy labelSmoothing(double value) {
    return new CategoricalCrossentropy(reduction(), fromLogits, value, axis);
  }

  /** The axis of the classes; -1, the last, unless set. */
  public CategoricalCrossentropy axis(int value) {
    return new CategoricalCrossentropy(reduction(), fromLogits, labelSmoothing, value);
  }

  @Override
  public CategoricalCrossentropy reduction(Reduction value) {
    return new CategoricalCrossentropy(value, fromLogits, labelSmoothing, axis);
  }

  /** Whether predictions are logits. */
  public boolean fromLogits() {
    return fromLogits;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Optional<Tensor> logits = Probabilities.softmaxLogits(NAME, yPred, fromLogits, axis);
    Targets.Pair pair =
        LossAxis.last(
            NAME,
            Targets.aligned(
                NAME,
                yTrue,
                logits.orElse(yPred),
                "For class indices use SparseCategoricalCrossentropy, or Tensor.oneHot(labels,"
                    + " classes)."),
            axis);
    int classes = pair.labels().shape().dim(-1);
    Tensor y = Probabilities.smoothed(pair.labels(), labelSmoothing, classes);
    if (logits.isPresent()) {
      return Nn.softmaxCrossEntropyWithLogits(y, pair.predictions());
    }
    Findings.requireProbabilities(NAME, yPred);
    return y.multiply(Probabilities.shares(pair.predictions()).log()).sum(-1).negate();
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map("fromLogits", fromLogits, "labelSmoothing", labelSmoothing, "axis", axis);
  }
}
