package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step computed: an objective and its named parts.
 *
 * @param loss what is minimised, a scalar
 * @param metrics scalars to show beside it, means over the examples of the step, in order
 * @param predictions the model's outputs, for the metrics given to {@code compile}; may be empty
 */
public record StepResult(Tensor loss, Map<String, Tensor> metrics, List<Tensor> predictions) {
  public StepResult {
    requireScalar("loss", loss);
    metrics.forEach(StepResult::requireScalar);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    predictions = List.copyOf(predictions);
  }

  /** An objective without named parts. */
  public static StepResult of(Tensor loss) {
    return new StepResult(loss, Map.of(), List.of());
  }

  /** This result with another objective. */
  public StepResult withLoss(Tensor value) {
    return new StepResult(value, metrics, predictions);
  }

  /** This result with one named part more. */
  public StepResult withMetric(String name, Tensor value) {
    Map<String, Tensor> more = new LinkedHashMap<>(metrics);
    more.put(name, value);
    return new StepResult(loss, more, predictions);
  }

  /** This result with the model's outputs. */
  public StepResult withPredictions(List<Tensor> values) {
    return new StepResult(loss, metrics, values);
  }

  private static void requireScalar(String name, Tensor value) {
    if (value.shape().rank() != 0) {
      throw new IllegalArgumentException(
          "objective: expected '"
              + name
              + "' to be a scalar, received shape "
              + value.shape()
              + ". Reduce it with mean(), or use a loss whose reduction is not NONE.");
    }
  }
}
