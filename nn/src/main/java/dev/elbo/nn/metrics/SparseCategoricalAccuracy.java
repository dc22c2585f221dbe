package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;

/**
 * {@code mean of (yTrue == argmax yPred)}, labels class indices; of equal scores the first wins.
 *
 * <p>Labels (batch, ...) or (batch, ..., 1), int32 or uint8; predictions (batch, ..., classes).
 */
public final class SparseCategoricalAccuracy extends MeanMetric {
  static final String NAME = "SparseCategoricalAccuracy";

  private SparseCategoricalAccuracy() {
    super("sparse_categorical_accuracy");
  }

  /** {@code mean of (yTrue == argmax yPred)}, labels class indices */
  public static SparseCategoricalAccuracy of() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    return Accuracies.sparse(NAME, yTrue, yPred);
  }

  @Override
  public SparseCategoricalAccuracy fresh() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
