package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code sum over the last axis of p ln(p / q)}, p the labels and q the predictions, both clipped
 * to [1e-7, 1]. In nats.
 *
 * <p>Labels and predictions (batch, ..., classes) give a cost for each sample, (batch, ...).
 */
public final class KLDivergence extends Loss {
  static final String NAME = "KLDivergence";

  private KLDivergence(Reduction reduction) {
    super("kl_divergence", reduction);
  }

  /** The mean over the batch. */
  public static KLDivergence of() {
    return new KLDivergence(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public KLDivergence reduction(Reduction value) {
    return new KLDivergence(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(
            NAME, yTrue, yPred, "Use Tensor.oneHot, or SparseCategoricalCrossentropy.of().");
    Tensor p = pair.labels().clip(Probabilities.EPSILON, 1);
    Tensor q = pair.predictions().clip(Probabilities.EPSILON, 1);
    return p.multiply(p.divide(q).log()).sum(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
