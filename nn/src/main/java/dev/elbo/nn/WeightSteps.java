package dev.elbo.nn;

import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.regularizers.Proximable;
import dev.elbo.nn.regularizers.Proximal;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the weights of a model move in a step: the optimizer's step, then the proximal steps of
 * penalties that have them, then the constraints.
 */
final class WeightSteps {
  private WeightSteps() {}

  /** Before the first step. */
  static void build(Model model, Optimizer optimizer) {
    requireProximal(model, optimizer);
    optimizer.build(model.trainableWeights());
  }

  /**
   * @throws IllegalArgumentException if a penalty is proximal and the optimizer is not
   */
  static void requireProximal(Model model, Optimizer optimizer) {
    if (optimizer.isProximal()) {
      return;
    }
    model
        .trainedWeights()
        .forEach((path, weight) -> {
          if (penalty(weight).isPresent()) {
            throw new IllegalArgumentException(
                model.describe()
                    + ": expected an optimizer with proximal steps for the penalty on '"
                    + path
                    + "', received "
                    + optimizer.registeredName()
                    + ". Use SGD, Adam, AdamW or RMSprop (not centered), or leave"
                    + " proximal() out.");
          }
        });
  }

  private static Optional<Proximable> penalty(Weight weight) {
    return weight
        .regularizer()
        .flatMap(penalty ->
            penalty instanceof Proximal(Proximable inner) ? Optional.of(inner) : Optional.empty());
  }

  static void apply(
      Model model, Optimizer optimizer, List<Variable> variables, List<Tensor> gradients) {
    Set<Variable> moved = new HashSet<>(variables);
    Map<Variable, Proximable> penalties = new HashMap<>();
    for (Weight weight : model.trainedWeights().values()) {
      if (moved.contains(weight.variable())) {
        penalty(weight).ifPresent(penalty -> penalties.put(weight.variable(), penalty));
      }
    }
    boolean _ =
        Elbo.within(
            "the step of " + optimizer.registeredName(),
            () -> {
              optimizer.apply(variables, gradients, penalties);
              return true;
            });
    model
        .trainedWeights()
        .forEach((path, weight) -> {
          if (moved.contains(weight.variable())) {
            weight
                .constraint()
                .ifPresent(constraint -> constrain(model, path, weight.variable(), constraint));
          }
        });
  }

  private static void constrain(
      Model model, String path, Variable variable, Constraint constraint) {
    Tensor inside = constraint.call(variable.value());
    if (!inside.shape().equals(variable.shape()) || inside.dtype() != variable.dtype()) {
      throw new IllegalArgumentException(
          model.describe()
              + ": expected the constraint of '"
              + path
              + "' to return shape "
              + variable.shape()
              + " "
              + variable.dtype()
              + ", received "
              + inside.shape()
              + " "
              + inside.dtype()
              + ". Return all of the weights that it is given.");
    }
    variable.assign(inside);
  }
}
