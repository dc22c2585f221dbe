package dev.elbo.nn.callbacks;

import dev.elbo.nn.Model;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a model at one moment; none at first. */
final class BestWeights {
  private Map<String, Tensor> values = Map.of();

  boolean isEmpty() {
    return values.isEmpty();
  }

  void forget() {
    values = Map.of();
  }

  void keep(Model model) {
    Map<String, Tensor> now = new LinkedHashMap<>();
    model.namedWeights().forEach((name, weight) -> now.put(name, weight.value()));
    values = now;
  }

  /** Gives the model these weights. */
  void giveTo(Model model) {
    Map<String, Variable> weights = model.namedWeights();
    values.forEach((name, value) -> {
      Variable weight = weights.get(name);
      if (weight != null) {
        weight.assign(value);
      }
    });
  }

  Map<String, Tensor> state() {
    return values;
  }

  void restore(Map<?, ?> state) {
    Map<String, Tensor> saved = new LinkedHashMap<>();
    state.forEach((name, value) -> {
      if (name instanceof String path && value instanceof Tensor tensor) {
        saved.put(path, tensor);
      }
    });
    values = saved;
  }
}
