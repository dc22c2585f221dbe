package dev.elbo.nn.regularizers;

import dev.elbo.tensor.Tensor;

/**
 * A penalty whose proximal operator is known: {@code argmin over u of penalty(u) + sum((u - w)^2 /
 * (2 * step))}. Unlike its gradient, the operator reaches the points where the penalty has a
 * corner, such as exact zeros.
 *
 * <p>By itself it is a regularizer like any other, whose gradient is taken; {@link #proximal} gives
 * the one that uses the operator.
 *
 * <p>Parikh and Boyd, "Proximal Algorithms", 2014, sections 1.1 and 6.5.
 */
public interface Proximable extends Regularizer {
  /**
   * {@code argmin over u of penalty(u) + sum((u - w)^2 / (2 * step))}, of the weights' shape.
   *
   * @param weights w
   * @param step 0 or more: a scalar, or one number for each weight; of the weights' type
   */
  Tensor shrink(Tensor weights, Tensor step);

  /** This penalty taken by proximal steps: the optimizer's step, then {@link #shrink}. */
  default Proximal proximal() {
    return new Proximal(this);
  }
}
