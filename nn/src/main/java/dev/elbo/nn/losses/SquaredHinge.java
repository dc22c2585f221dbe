package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of max(1 - yTrue * yPred, 0)^2}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>Labels are -1 and 1. If all labels of a batch are 0 or 1 they become -1 and 1 first.
 */
public final class SquaredHinge extends Loss {
  static final String NAME = "SquaredHinge";

  private SquaredHinge(Reduction reduction) {
    super("squared_hinge", reduction);
  }

  /** The mean over the batch. */
  public static SquaredHinge of() {
    return new SquaredHinge(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public SquaredHinge reduction(Reduction value) {
    return new SquaredHinge(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    return HingeLabels.margins(pair).square().mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
