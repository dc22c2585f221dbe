package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What {@code fit} saw, epoch by epoch.
 *
 * @param epochs the numbers of the epochs, from 0
 * @param metrics the loss and the metrics by name, {@code val_} before those of the validation
 *     data; one value for each epoch
 */
public record History(List<Integer> epochs, Map<String, List<Double>> metrics) {
  public History {
    epochs = List.copyOf(epochs);
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    metrics.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    metrics = Collections.unmodifiableMap(copy);
  }

  /**
   * The values of one name: {@code history.get("val_loss")}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public List<Double> get(String name) {
    List<Double> values = metrics.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "History: expected one of "
              + String.join(", ", metrics.keySet())
              + ", received '"
              + name
              + "'. Metrics are named in compile; val_ needs validation data.");
    }
    return values;
  }

  /** The value of one name after the last epoch. */
  public double last(String name) {
    return get(name).getLast();
  }

  /** Collects a history. */
  static final class Builder {
    private final List<Integer> epochs = new ArrayList<>();
    private final Map<String, List<Double>> metrics = new LinkedHashMap<>();

    void add(int epoch, Map<String, Double> values) {
      epochs.add(epoch);
      values.forEach(
          (name, value) -> metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    void restore(List<Integer> savedEpochs, Map<String, Tensor> saved) {
      epochs.clear();
      metrics.clear();
      epochs.addAll(savedEpochs);
      saved.forEach((name, values) ->
          metrics.put(name, new ArrayList<>(DoubleStream.of(values.toDoubles()).boxed().toList())));
    }

    History build() {
      return new History(epochs, metrics);
    }
  }
}
