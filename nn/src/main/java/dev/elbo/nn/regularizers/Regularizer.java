package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * A penalty on a weight, added to the objective. Any function from a tensor to a scalar will do;
 * those of {@link Regularizers} can also be saved.
 */
@FunctionalInterface
public interface Regularizer extends Registered {
  /** The penalty of some weights, a scalar of their type. */
  Tensor call(Tensor weights);

  /**
   * @throws IllegalStateException if this is a plain function
   */
  @Override
  default String registeredName() {
    throw new IllegalStateException(
        "Regularizer: a plain function has no registered name and cannot be saved. Use one of"
            + " Regularizers, or save the weights alone.");
  }

  @Override
  default Map<String, Object> config() {
    return Map.of();
  }
}
