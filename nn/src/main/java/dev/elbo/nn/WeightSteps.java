package dev.elbo.nn;

import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the weights of a model move in a step: the optimizer's step, then the constraints. */
final class WeightSteps {
  private WeightSteps() {}

  static void apply(
      Model model, Optimizer optimizer, List<Variable> variables, List<Tensor> gradients) {
    optimizer.apply(variables, gradients);
    Set<Variable> moved = new HashSet<>(variables);
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
