package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code mean over the last axis of e^2 / 2 where |e| <= delta, else delta |e| - delta^2 / 2}, e =
 * yPred - yTrue
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...); labels
 * (batch) go with predictions (batch, 1).
 *
 * <p>Huber, "Robust Estimation of a Location Parameter", 1964.
 */
public final class Huber extends Loss {
  static final String NAME = "Huber";

  private final double delta;

  private Huber(Reduction reduction, double delta) {
    super("huber_loss", reduction);
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected a finite delta above 0, received "
              + delta
              + ". It is the error from which on the cost grows linearly; Keras's is 1.");
    }
    this.delta = delta;
  }

  /** Delta 1, the mean over the batch. */
  public static Huber of() {
    return new Huber(Reduction.SUM_OVER_BATCH_SIZE, 1);
  }

  /**
   * The error from which on the cost grows linearly; 1 unless set.
   *
   * @throws IllegalArgumentException if not above 0
   */
  public Huber delta(double value) {
    return new Huber(reduction(), value);
  }

  @Override
  public Huber reduction(Reduction value) {
    return new Huber(value, delta);
  }

  /** The error from which on the cost grows linearly. */
  public double delta() {
    return delta;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model.");
    Tensor error = pair.predictions().subtract(pair.labels());
    Tensor size = error.abs();
    return Tensor.where(
            size.lessEqual(delta),
            error.square().multiply(0.5),
            size.multiply(delta).subtract(delta * delta / 2))
        .mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map("delta", delta);
  }
}
