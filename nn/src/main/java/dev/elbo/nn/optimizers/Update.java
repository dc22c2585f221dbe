package dev.elbo.nn.optimizers;

import dev.elbo.tensor.Tensor;

/** How one weight moves in a step. */
@FunctionalInterface
public interface Update {
  /**
   * The weight after the step, element-wise in its arguments, so that it becomes one pass over
   * memory.
   *
   * @param slots what is remembered of the weight; set before the method returns
   */
  Tensor apply(Tensor weight, Tensor gradient, Slots slots);
}
