package dev.elbo.nn;

import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.metrics.Metric;
import java.util.List;

/**
 * What one output of a model with several is trained on and watched by.
 *
 * @param loss the loss between the output and its target
 * @param weight the factor of the loss in the objective; 1 unless set
 * @param metrics what is watched, no part of the objective
 */
public record OutputLoss(Loss loss, double weight, List<Metric> metrics) {
  public OutputLoss {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "OutputLoss: expected a finite weight, received " + weight + ". Keras's default is 1.");
    }
    metrics = List.copyOf(metrics);
  }

  /** A loss of weight 1 without metrics. */
  public static OutputLoss of(Loss loss) {
    return new OutputLoss(loss, 1, List.of());
  }

  /** This loss with another factor. */
  public OutputLoss weight(double value) {
    return new OutputLoss(loss, value, metrics);
  }

  /** This loss with metrics. */
  public OutputLoss metrics(Metric... values) {
    return new OutputLoss(loss, weight, List.of(values));
  }
}
