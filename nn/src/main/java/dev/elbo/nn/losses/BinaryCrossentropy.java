package dev.elbo.nn.losses;

import dev.elbo.nn.Nn;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mean over an axis of -y ln p - (1 - y) ln(1 - p)}, y the labels and p the predicted
 * probabilities. In nats.
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>If the predictions are the output of a sigmoid, the loss is computed from its logits, and is
 * exact where a probability is rounded to 0 or 1. Other probabilities are clipped to [1e-7, 1 -
 * 1e-7].
 */
public final class BinaryCrossentropy extends Loss {
  static final String NAME = "BinaryCrossentropy";

  private final boolean fromLogits;
  private final double labelSmoothing;
  private final int axis;

  private BinaryCrossentropy(
      Reduction reduction, boolean fromLogits, double labelSmoothing, int axis) {
    super("binary_crossentropy", reduction);
    this.fromLogits = fromLogits;
    this.labelSmoothing = Probabilities.requireSmoothing(NAME, labelSmoothing);
    this.axis = axis;
  }

  /** Of probabilities, without label smoothing, the mean over the batch. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(Reduction.SUM_OVER_BATCH_SIZE, false, 0, LossAxis.LAST);
  }

  /**
   * Whether predictions are logits, {@code p = sigmoid(z)}, and not probabilities; false unless
   * set.
   */
  public BinaryCrossentropy fromLogits(boolean value) {
    return new BinaryCrossentropy(reduction(), value, labelSmoothing, axis);
  }

  /**
   * Replaces labels by {@code y (1 - labelSmoothing) + labelSmoothing / 2}.
   *
   * @param value from 0 to 1; 0 unless set
   * @throws IllegalArgumentException if outside
   */
  public BinaryCrossentropy labelSmoothing(double value) {
    return new BinaryCrossentropy(reduction(), fromLogits, value, axis);
  }

  /** The axis of the mean; -1, the last, unless set. */
  public BinaryCrossentropy axis(int value) {
    return new BinaryCrossentropy(reduction(), fromLogits, labelSmoothing, value);
  }

  @Override
  public BinaryCrossentropy reduction(Reduction value) {
    return new BinaryCrossentropy(value, fromLogits, labelSmoothing, axis);
  }

  /** Whether predictions are logits. */
  public boolean fromLogits() {
    return fromLogits;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Optional<Tensor> logits = fromLogits ? Optional.of(yPred) : yPred.sigmoidLogits();
    Targets.Pair pair =
        LossAxis.last(
            NAME,
            Targets.aligned(
                NAME,
                yTrue,
                logits.orElse(yPred),
                "For class indices use SparseCategoricalCrossentropy.of() and a softmax."),
            axis);
    Tensor y = Probabilities.smoothed(pair.labels(), labelSmoothing, 2);
    if (logits.isPresent()) {
      return Nn.sigmoidCrossEntropyWithLogits(y, pair.predictions()).mean(-1);
    }
    Findings.requireProbabilities(NAME, yPred);
    return Probabilities.binaryCrossentropy(y, pair.predictions()).mean(-1);
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
