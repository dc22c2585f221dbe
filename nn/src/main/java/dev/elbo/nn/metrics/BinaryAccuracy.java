package dev.elbo.nn.metrics;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code mean of (yTrue == (yPred > threshold))}, over the last axis, then over all samples.
 *
 * <p>Labels, 0 or 1, and predictions (batch, ..., outputs); labels (batch) go with predictions
 * (batch, 1).
 */
public final class BinaryAccuracy extends MeanMetric {
  static final String NAME = "BinaryAccuracy";
  static final double THRESHOLD = 0.5;

  private final double threshold;

  private BinaryAccuracy(double threshold) {
    super("binary_accuracy");
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected a threshold from 0 to 1, received "
              + threshold
              + ". Compare probabilities; logits are above 0 where these are above 0.5.");
    }
    this.threshold = threshold;
  }

  /** A prediction counts as 1 above 0.5. */
  public static BinaryAccuracy of() {
    return new BinaryAccuracy(THRESHOLD);
  }

  /**
   * The same with another threshold, from 0 to 1; 0.5 unless set.
   *
   * @throws IllegalArgumentException if outside
   */
  public BinaryAccuracy threshold(double value) {
    return new BinaryAccuracy(value);
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    return Accuracies.binary(NAME, yTrue, yPred, threshold);
  }

  @Override
  public BinaryAccuracy fresh() {
    return new BinaryAccuracy(threshold);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("threshold", threshold);
  }
}
