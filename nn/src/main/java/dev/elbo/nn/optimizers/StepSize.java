package dev.elbo.nn.optimizers;

import dev.elbo.tensor.Tensor;

/** How far a step moves a weight for a gradient of 1, had all gradients so far been 1. */
@FunctionalInterface
interface StepSize {
  /**
   * A scalar, or one number for each weight; of the weights' type.
   *
   * @param slots what is remembered of the weight, this step included
   */
  Tensor of(Step step, Slots slots);
}
