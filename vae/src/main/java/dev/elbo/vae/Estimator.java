package dev.elbo.vae;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Registered;
import dev.elbo.tensor.Tensor;

/** How the evidence lower bound is estimated from draws of the latent variables. */
public interface Estimator extends Registered {

  /**
   * The terms of the bound for some examples.
   *
   * @param x the examples, (n, ...)
   * @param posterior what the encoder says of them
   * @param model the other parts
   * @param context where randomness comes from
   */
  ElboTerms estimate(Tensor x, DiagonalNormal posterior, LatentModel model, Context context);
}
