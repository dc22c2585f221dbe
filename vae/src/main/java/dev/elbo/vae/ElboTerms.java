package dev.elbo.vae;

import dev.elbo.tensor.Tensor;

/**
 * The evidence lower bound of each example in its parts: {@code elbo = -(reconstruction + sum of
 * kl)}.
 *
 * @param reconstruction {@code E_q[-ln p(x | z)]} in nats, (n)
 * @param klPerDim {@code KL(q(z | x) || p(z))} of each latent dimension in nats, (n, latent)
 */
public record ElboTerms(Tensor reconstruction, Tensor klPerDim) {
  public ElboTerms {
    if (reconstruction.shape().rank() != 1
        || klPerDim.shape().rank() != 2
        || reconstruction.shape().dim(0) != klPerDim.shape().dim(0)) {
      throw new IllegalArgumentException(
          "ElboTerms: expected a reconstruction of shape (n,) and a kl of shape (n, latent),"
              + " received "
              + reconstruction.shape()
              + " and "
              + klPerDim.shape()
              + ". Sum over pixels, and keep the examples and the latent dimensions apart.");
    }
  }

  /** {@code KL(q(z | x) || p(z))} in nats, (n). */
  public Tensor kl() {
    return klPerDim.sum(1);
  }

  /** {@code -(reconstruction + kl)} in nats, (n). */
  public Tensor elbo() {
    return reconstruction.add(kl()).negate();
  }
}
