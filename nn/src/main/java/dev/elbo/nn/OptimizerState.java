package dev.elbo.nn;

import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an optimizer remembers, as tensors: its own variables, {@code iterations} and {@code
 * learning_rate} and what else there is, and {@code slots/PATH OF THE WEIGHT/SLOT}. By the path and
 * not by order, so that a layer that is frozen while saving or loading finds its own again.
 */
final class OptimizerState {
  private static final String SLOTS = "slots/";

  private OptimizerState() {}

  static Map<String, Tensor> read(Model model, Optimizer optimizer) {
    return Variables.values(variables(model, optimizer));
  }

  private static Map<String, Variable> variables(Model model, Optimizer optimizer) {
    Map<String, Variable> ofWeights = new LinkedHashMap<>();
    model
        .namedWeights()
        .forEach((path, weight) ->
            optimizer
                .slots(weight)
                .forEach((slot, variable) -> ofWeights.put(SLOTS + path + "/" + slot, variable)));
    // Not all variables: a slot of a weight of another model is not ours to save.
    Map<String, Variable> named = new LinkedHashMap<>(optimizer.ownVariables());
    for (String name : named.keySet()) {
      if (name.startsWith(SLOTS)) {
        throw new IllegalArgumentException(
            optimizer.registeredName()
                + ": expected variables of its own with names that do not begin with "
                + SLOTS
                + ", received '"
                + name
                + "'. Name it otherwise in ownVariables().");
      }
    }
    named.putAll(ofWeights);
    return named;
  }

  /**
   * Makes the slots that were saved and gives all variables their values.
   *
   * @throws IllegalArgumentException if they belong to another optimizer or other weights
   */
  static void restore(Model model, Optimizer optimizer, Map<String, Tensor> state) {
    requireFitting(model, optimizer, state);
    Variables.assign(name(optimizer), variables(model, optimizer), state);
  }

  /**
   * Makes the slots that were saved, and changes none that there was.
   *
   * @throws IllegalArgumentException if they belong to another optimizer or other weights
   */
  static void requireFitting(Model model, Optimizer optimizer, Map<String, Tensor> state) {
    Map<String, Variable> weights = model.namedWeights();
    Set<Variable> remembered = new LinkedHashSet<>();
    for (String name : state.keySet()) {
      int end = name.lastIndexOf('/');
      if (name.startsWith(SLOTS) && end > SLOTS.length()) {
        Variable weight = weights.get(name.substring(SLOTS.length(), end));
        if (weight != null) {
          remembered.add(weight);
        }
      }
    }
    List<Variable> toBuild = new ArrayList<>(remembered);
    optimizer.build(toBuild);
    Variables.requireFitting(name(optimizer), variables(model, optimizer), state);
  }

  private static String name(Optimizer optimizer) {
    return "state of optimizer " + optimizer.registeredName();
  }
}
