package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;

/** The mean of a user's function. */
final class FunctionMetric extends MeanMetric {
  private final MetricFunction function;

  FunctionMetric(String name, MetricFunction function) {
    super(name);
    this.function = function;
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    return function.perSample(yTrue, yPred);
  }

  @Override
  public Metric fresh() {
    return new FunctionMetric(name(), function);
  }

  @Override
  public String registeredName() {
    throw new IllegalStateException(
        "metric '"
            + name()
            + "': a plain function has no registered name and cannot be saved. Use one of Metrics,"
            + " or save the weights alone.");
  }
}
