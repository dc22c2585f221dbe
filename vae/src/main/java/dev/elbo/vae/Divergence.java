package dev.elbo.vae;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;

/** How {@code KL(q(z | x) || p(z))} is computed. */
public interface Divergence extends Registered {

  /**
   * The divergence of each latent dimension, in nats.
   *
   * @param posterior {@code q(z | x)}
   * @param prior {@code p(z)}
   * @param z drawn from the posterior, (n, latent)
   * @return (n, latent)
   * @throws IllegalArgumentException if it is not known for this prior
   */
  Tensor perDim(DiagonalNormal posterior, Prior prior, Tensor z);
}
