package dev.elbo.nn.constraints;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Where a weight may be: a function that brings it back there, applied after each step of the
 * optimizer. Any function from a tensor to one of its shape and type will do; those of {@link
 * Constraints} can also be saved.
 *
 * <p>As in Keras, the initial weights are left as they are, and so are frozen ones.
 */
@FunctionalInterface
public interface Constraint extends Registered {
  /** The weights to go on with, of the shape and type of those after the step. */
  Tensor call(Tensor weights);

  /**
   * @throws IllegalStateException if this is a plain function
   */
  @Override
  default String registeredName() {
    throw new IllegalStateException(
        "Constraint: a plain function has no registered name and cannot be saved. Use one of"
            + " Constraints, or save the weights alone.");
  }

  @Override
  default Map<String, Object> config() {
    return Map.of();
  }
}
