package dev.elbo.vae;

import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * What an {@link Estimator} needs to know of a model, beside the posterior.
 *
 * @param decoder from z, (n, latent), to the parameters of the likelihood
 * @param likelihood {@code p(x | z)}
 * @param prior {@code p(z)}
 * @param divergence how {@code KL(q || p)} is computed
 */
public record LatentModel(
    UnaryOperator<Tensor> decoder, Likelihood likelihood, Prior prior, Divergence divergence) {

  /** {@code ln p(x | z)} of each example, (n). */
  public Tensor logLikelihood(Tensor x, Tensor z) {
    return likelihood.logLikelihood(x, decoder.apply(z));
  }
}
