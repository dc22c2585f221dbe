package dev.elbo.vae;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;

/**
 * {@code p(x | z)}: how examples come about, given what the decoder makes of the latent variables.
 */
public interface Likelihood extends Registered {

  /**
   * {@code ln p(x | z)} of each example, in nats: the sum over everything but the first axis.
   *
   * @param x the examples, (n, ...)
   * @param parameters what the decoder returned, of x's shape
   * @return (n)
   */
  Tensor logLikelihood(Tensor x, Tensor parameters);

  /** {@code E[x | z]}, of the parameters' shape: what a reconstruction shows. */
  Tensor mean(Tensor parameters);

  /**
   * Checks that numbers can come from this likelihood; NaN never can.
   *
   * @param where who asks, for the error
   * @param low the smallest of the numbers
   * @param high the largest of the numbers
   * @throws IllegalArgumentException if they cannot
   */
  void requireSupport(String where, double low, double high);

  /**
   * Checks that examples and parameters have one shape.
   *
   * @throws IllegalArgumentException if they do not
   */
  static void requireSameShape(String likelihood, Tensor x, Tensor parameters) {
    if (!x.shape().equals(parameters.shape())) {
      throw new IllegalArgumentException(
          likelihood
              + ": expected the decoder to return the shape of the examples "
              + x.shape()
              + ", received "
              + parameters.shape()
              + ". End the decoder with Reshape.of(...), or reshape the examples.");
    }
  }

  /** The sum over everything but the first axis. */
  static Tensor sumPerExample(Tensor values) {
    int rank = values.shape().rank();
    if (rank == 1) {
      return values;
    }
    int[] axes = new int[rank - 1];
    for (int axis = 1; axis < rank; axis++) {
      axes[axis - 1] = axis;
    }
    return values.sum(axes);
  }
}
