package dev.elbo.nn.activations;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * A function that a layer applies to its output. Any function from tensors to tensors will do;
 * those of {@link Activations} can also be saved.
 */
@FunctionalInterface
public interface Activation extends Registered {
  /** The function's value, of the shape of {@code x} unless {@link #outputShape} says otherwise. */
  Tensor call(Tensor x);

  /** The shape of the value for an input's shape: the same, for all but glu. */
  default Shape outputShape(Shape input) {
    return input;
  }

  /**
   * @throws IllegalStateException if this is a plain function
   */
  @Override
  default String registeredName() {
    throw new IllegalStateException(
        "Activation: a plain function has no registered name and cannot be saved. Use a constant of"
            + " Activations, or save the weights alone.");
  }

  @Override
  default Map<String, Object> config() {
    return Map.of();
  }
}
