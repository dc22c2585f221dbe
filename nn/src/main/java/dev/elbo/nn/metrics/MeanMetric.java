package dev.elbo.nn.metrics;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Map;

/** A metric that is the mean over samples of some values, each times the sample's weight. */
public abstract class MeanMetric extends Metric {
  private final Mean mean;

  /**
   * A mean of nothing yet.
   *
   * @param name what logs call the metric
   */
  protected MeanMetric(String name) {
    super(name);
    this.mean = Mean.of(name);
  }

  /** The values of a batch: one a sample, (batch), or more, (batch, ...). */
  protected abstract Tensor values(Tensor yTrue, Tensor yPred);

  @Override
  public final void update(Tensor yTrue, Tensor yPred) {
    mean.update(values(yTrue, yPred));
  }

  @Override
  public final void update(Tensor yTrue, Tensor yPred, Tensor sampleWeight) {
    mean.update(values(yTrue, yPred), sampleWeight);
  }

  /** The mean, a float64 scalar; 0 before the first batch. */
  @Override
  public final Tensor result() {
    return mean.result();
  }

  @Override
  public final void reset() {
    mean.reset();
  }

  @Override
  public final List<Variable> variables() {
    return mean.variables();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of();
  }
}
