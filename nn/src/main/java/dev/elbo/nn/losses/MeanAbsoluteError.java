package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of |yTrue - yPred|}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 */
public final class MeanAbsoluteError extends Loss {
  static final String NAME = "MeanAbsoluteError";

  private MeanAbsoluteError(Reduction reduction) {
    super("mean_absolute_error", reduction);
  }

  /** The mean over the batch. */
  public static MeanAbsoluteError of() {
    return new MeanAbsoluteError(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public MeanAbsoluteError reduction(Reduction value) {
    return new MeanAbsoluteError(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    return pair.labels().subtract(pair.predictions()).abs().mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
