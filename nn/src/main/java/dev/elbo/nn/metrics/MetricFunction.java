package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;

/** Any function of labels and predictions whose mean over samples is worth watching. */
@FunctionalInterface
public interface MetricFunction {
  /** A number a sample. */
  Tensor perSample(Tensor yTrue, Tensor yPred);
}
