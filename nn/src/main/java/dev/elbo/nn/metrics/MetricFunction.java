package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;

/** Any function of labels and predictions whose mean over samples is worth watching. */
@FunctionalInterface
public interface MetricFunction {
  /**
   * A number for each sample.
   *
   * @param yTrue the labels
   * @param yPred the predictions
   * @return (batch), or more axes, over which the mean is taken too
   */
  Tensor perSample(Tensor yTrue, Tensor yPred);
}
