package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of yPred - yTrue * ln(yPred + 1e-7)}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>Predictions are rates, 0 or more; labels are counts. The part of the negative log-likelihood
 * that depends on the rate, in nats.
 */
public final class Poisson extends Loss {
  static final String NAME = "Poisson";

  private Poisson(Reduction reduction) {
    super("poisson", reduction);
  }

  /** The mean over the batch. */
  public static Poisson of() {
    return new Poisson(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public Poisson reduction(Reduction value) {
    return new Poisson(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    Tensor rate = pair.predictions();
    return rate.subtract(pair.labels().multiply(rate.add(Probabilities.EPSILON).log())).mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
