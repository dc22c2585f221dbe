package dev.elbo.vae;

import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** {@code p(z)}: what is believed about the latent variables before an example is seen. */
public interface Prior extends Registered {

  /** {@code ln p(z)} of each dimension, in nats; z and the result are (n, latent). */
  Tensor logDensity(Tensor z);

  /**
   * Latent variables drawn from the prior.
   *
   * @param shape (n, latent)
   * @param key of {@link dev.elbo.tensor.SeedGenerator}
   */
  Tensor sample(Shape shape, DType dtype, Tensor key);
}
