package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of (ln(1 + max(yTrue, 1e-7)) - ln(1 + max(yPred, 1e-7)))^2}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>For values of 0 or more. A prediction below 1e-7 has no gradient.
 */
public final class MeanSquaredLogarithmicError extends Loss {
  static final String NAME = "MeanSquaredLogarithmicError";

  private MeanSquaredLogarithmicError(Reduction reduction) {
    super("mean_squared_logarithmic_error", reduction);
  }

  /** The mean over the batch. */
  public static MeanSquaredLogarithmicError of() {
    return new MeanSquaredLogarithmicError(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public MeanSquaredLogarithmicError reduction(Reduction value) {
    return new MeanSquaredLogarithmicError(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    Tensor y = pair.labels().maximum(Probabilities.EPSILON).log1p();
    Tensor p = pair.predictions().maximum(Probabilities.EPSILON).log1p();
    return p.subtract(y).square().mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
