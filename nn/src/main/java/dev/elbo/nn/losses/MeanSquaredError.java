package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of (yTrue - yPred)^2}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 */
public final class MeanSquaredError extends Loss {
  static final String NAME = "MeanSquaredError";

  private MeanSquaredError(Reduction reduction) {
    super("mean_squared_error", reduction);
  }

  /** The mean over the batch. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public MeanSquaredError reduction(Reduction value) {
    return new MeanSquaredError(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    return pair.labels().subtract(pair.predictions()).square().mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
