package dev.elbo.vae;

import dev.elbo.tensor.Tensor;

/**
 * {@code q(z | x) = N(z; mean, diag(exp(logVariance)))}: what an encoder says about the latent
 * variables of each example.
 *
 * <p>Kingma and Welling, "Auto-Encoding Variational Bayes", 2014, equation 9.
 *
 * @param mean (n, latent)
 * @param logVariance (n, latent), in nats: {@code ln(sigma^2)}
 */
public record DiagonalNormal(Tensor mean, Tensor logVariance) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  public DiagonalNormal {
    if (mean.shape().rank() != 2 || !mean.shape().equals(logVariance.shape())) {
      throw new IllegalArgumentException(
          "DiagonalNormal: expected mean and logVariance of one shape (n, latent), received "
              + mean.shape()
              + " and "
              + logVariance.shape()
              + ". End the encoder with Flatten.of() and one Dense layer for each of the two.");
    }
  }

  /**
   * {@code z = mean + exp(0.5 logVariance) epsilon}
   *
   * <p>The result of a random draw has no gradient; written so, z has one with respect to mean and
   * logVariance, and epsilon is a constant. Kingma and Welling, 2014, section 2.4.
   *
   * @param epsilon standard normal numbers, (n, latent)
   */
  public Tensor sample(Tensor epsilon) {
    return mean.add(logVariance.multiply(0.5).exp().multiply(epsilon));
  }

  /**
   * {@code ln N(z; mean, exp(logVariance))} of each dimension, (n, latent): {@code -0.5 (ln(2 pi) +
   * logVariance + (z - mean)^2 / exp(logVariance))}
   */
  public Tensor logDensity(Tensor z) {
    Tensor squares = z.subtract(mean).square().multiply(logVariance.negate().exp());
    return squares.add(logVariance).add(LOG_TWO_PI).multiply(-0.5);
  }
}
