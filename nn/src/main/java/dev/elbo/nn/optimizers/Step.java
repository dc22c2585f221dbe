package dev.elbo.nn.optimizers;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * What all weights of a step have in common. Its numbers are float64, so that powers of a decay
 * near 1 keep their digits; what comes of them is used through {@link #factor}.
 *
 * @param learningRate a float64 scalar
 * @param number the number of this step, 1 for the first, a float64 scalar
 * @param dtype the type of the weights
 */
public record Step(Tensor learningRate, Tensor number, DType dtype) {
  /** A float64 scalar in the weights' type. */
  public Tensor factor(Tensor scalar) {
    return scalar.cast(dtype);
  }

  /** {@code 1 + decay + ... + decay^(number - 1)}, float64: what momentum adds up to. */
  public Tensor geometricSum(double decay) {
    return Tensor.scalar(1, DType.FLOAT64).subtract(power(decay)).divide(1 - decay);
  }

  /** {@code base^number}, float64. */
  public Tensor power(double base) {
    return Tensor.scalar(base, DType.FLOAT64).pow(number);
  }
}
