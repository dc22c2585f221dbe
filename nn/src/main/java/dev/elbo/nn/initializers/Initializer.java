package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The values that a weight starts from. Any such function will do; those of {@link Initializers}
 * can also be saved.
 */
@FunctionalInterface
public interface Initializer extends Registered {
  /**
   * Initial values, float32.
   *
   * @param shape the weight's shape; of a kernel, the last axis is the outputs and the one before
   *     it the inputs
   * @param seeds where a random initializer takes one key
   */
  Tensor call(Shape shape, SeedGenerator seeds);

  /**
   * @throws IllegalStateException if this is a plain function
   */
  @Override
  default String registeredName() {
    throw new IllegalStateException(
        "Initializer: a plain function has no registered name and cannot be saved. Use one of"
            + " Initializers, or save the weights alone.");
  }

  @Override
  default Map<String, Object> config() {
    return Map.of();
  }
}
