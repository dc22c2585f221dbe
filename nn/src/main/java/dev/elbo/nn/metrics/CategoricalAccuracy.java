package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;

/**
 * {@code mean of (argmax yTrue == argmax yPred)}, labels one-hot; of equal scores the first wins.
 *
 * <p>Labels and predictions (batch, ..., classes).
 */
public final class CategoricalAccuracy extends MeanMetric {
  static final String NAME = "CategoricalAccuracy";

  private CategoricalAccuracy() {
    super("categorical_accuracy");
  }

  /** {@code mean of (argmax yTrue == argmax yPred)}, labels one-hot */
  public static CategoricalAccuracy of() {
    return new CategoricalAccuracy();
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    return Accuracies.categorical(NAME, yTrue, yPred);
  }

  @Override
  public CategoricalAccuracy fresh() {
    return new CategoricalAccuracy();
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
