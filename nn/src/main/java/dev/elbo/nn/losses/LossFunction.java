package dev.elbo.nn.losses;

import dev.elbo.tensor.Tensor;

/**
 * What a prediction costs: any function of labels and predictions, {@code Losses::meanSquaredError}
 * or a lambda. {@link Loss#of} makes a loss of it.
 */
@FunctionalInterface
public interface LossFunction {
  /**
   * The cost of each sample.
   *
   * @param yTrue the labels
   * @param yPred the predictions
   * @return the costs, not reduced over samples
   */
  Tensor perSample(Tensor yTrue, Tensor yPred);
}
