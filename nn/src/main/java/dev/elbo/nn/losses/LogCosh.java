package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;

/**
 * {@code mean over the last axis of ln cosh(yPred - yTrue)}
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>Like half the squared error near 0, and like the absolute error less ln 2 far from it.
 */
public final class LogCosh extends Loss {
  static final String NAME = "LogCosh";

  private LogCosh(Reduction reduction) {
    super("log_cosh", reduction);
  }

  /** The mean over the batch. */
  public static LogCosh of() {
    return new LogCosh(Reduction.SUM_OVER_BATCH_SIZE);
  }

  @Override
  public LogCosh reduction(Reduction value) {
    return new LogCosh(value);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    Tensor error = pair.predictions().subtract(pair.labels());
    // ln cosh x = x + ln(1 + e^-2x) - ln 2: cosh itself overflows.
    return error.add(error.multiply(-2).softplus()).subtract(Math.log(2)).mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
