package dev.elbo.nn.metrics;

import dev.elbo.nn.losses.Losses;
import dev.elbo.tensor.Tensor;

/** {@code mean of (yTrue - yPred)^2} over all batches */
public final class MeanSquaredError extends MeanMetric {
  static final String NAME = "MeanSquaredError";

  private MeanSquaredError() {
    super("mean_squared_error");
  }

  /** {@code mean of (yTrue - yPred)^2} over all batches */
  public static MeanSquaredError of() {
    return new MeanSquaredError();
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }

  @Override
  public MeanSquaredError fresh() {
    return new MeanSquaredError();
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
