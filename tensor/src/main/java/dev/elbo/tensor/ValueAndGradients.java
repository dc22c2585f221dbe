package dev.elbo.tensor;

import java.util.List;

/**
 * The value of an objective and its gradients.
 *
 * @param value the objective, a scalar
 * @param gradients one for each variable or argument asked for, in that order and of its shape
 */
public record ValueAndGradients(Tensor value, List<Tensor> gradients) {
  public ValueAndGradients {
    gradients = List.copyOf(gradients);
  }
}
