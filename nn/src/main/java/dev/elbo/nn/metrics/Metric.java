package dev.elbo.nn.metrics;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;

/**
 * Something worth watching, gathered over the batches of an epoch. It owns variables; {@link
 * #update} works directly and inside a compiled function, where it records what is done at each
 * call.
 */
public abstract class Metric implements Registered {
  private final String name;

  /**
   * A metric that has seen nothing.
   *
   * @param name what logs call the metric, Keras's: {@code accuracy}
   */
  protected Metric(String name) {
    this.name = name;
  }

  /**
   * The mean over samples of any function of labels and predictions. It has no registered name and
   * cannot be saved.
   *
   * @param name what logs call the metric
   * @param function a number for each sample
   */
  public static Metric of(String name, MetricFunction function) {
    return new FunctionMetric(name, function);
  }

  /** What logs call the metric. */
  public final String name() {
    return name;
  }

  /**
   * Takes in a batch.
   *
   * @param yTrue the labels
   * @param yPred the predictions, floating
   * @throws IllegalArgumentException if their shapes or types do not fit
   */
  public abstract void update(Tensor yTrue, Tensor yPred);

  /**
   * Takes in a batch of weighted samples.
   *
   * @param yTrue the labels
   * @param yPred the predictions, floating
   * @param sampleWeight one weight a sample, (batch)
   * @throws IllegalArgumentException if shapes or types do not fit
   */
  public abstract void update(Tensor yTrue, Tensor yPred, Tensor sampleWeight);

  /** The value for all batches since the last reset, a scalar. */
  public abstract Tensor result();

  /** Starts again. */
  public abstract void reset();

  /** All that the metric owns. */
  public abstract List<Variable> variables();

  /** A new metric of the same settings that has seen nothing. */
  public abstract Metric fresh();

  @Override
  public String toString() {
    return "Metric(name='" + name + "')";
  }
}
