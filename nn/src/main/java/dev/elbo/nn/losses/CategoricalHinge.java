package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code max(neg - pos + 1, 0), pos = sum(yTrue * yPred), neg = max((1 - yTrue) * yPred)}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>Sum and maximum are over the last axis; labels are one-hot.
 */
public final class CategoricalHinge extends Loss {
  static final String NAME = "CategoricalHinge";

  private CategoricalHinge(Reduction reduction) {
    super("categorical_hinge", reduction);
  }

  /** The mean over the batch. */
  public static CategoricalHinge of() {
    return new CategoricalHinge(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public CategoricalHinge reduction(Reduction value) {
    return new CategoricalHinge(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(
            NAME, yTrue, yPred, "For class indices use Tensor.oneHot(labels, classes).");
    Tensor y = pair.labels();
    Tensor p = pair.predictions();
    Tensor right = y.multiply(p).sum(-1);
    Tensor wrong = y.negate().add(1).multiply(p).max(-1);
    return wrong.subtract(right).add(1).maximum(0);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
