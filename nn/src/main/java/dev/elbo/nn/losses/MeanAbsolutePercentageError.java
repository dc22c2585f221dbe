package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code 100 * mean over the last axis of |(yTrue - yPred) / max(|yTrue|, 1e-7)|}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>A label of 0 divides by 1e-7: leave such samples out, or use another loss.
 */
public final class MeanAbsolutePercentageError extends Loss {
  static final String NAME = "MeanAbsolutePercentageError";

  private MeanAbsolutePercentageError(Reduction reduction) {
    super("mean_absolute_percentage_error", reduction);
  }

  /** The mean over the batch. */
  public static MeanAbsolutePercentageError of() {
    return new MeanAbsolutePercentageError(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public MeanAbsolutePercentageError reduction(Reduction value) {
    return new MeanAbsolutePercentageError(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    Tensor size = pair.labels().abs().maximum(Probabilities.EPSILON);
    return pair.labels().subtract(pair.predictions()).divide(size).abs().mean(-1).multiply(100);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
