package dev.elbo.bench.elbo;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.DiagonalNormal;
import dev.elbo.vae.ElboTerms;
import dev.elbo.vae.Estimator;
import dev.elbo.vae.LatentModel;
import java.util.Map;

/** One sample with the same noise in every step, so that losses can be compared. */
record GivenNoise(Tensor noise) implements Estimator {
  @Override
  public ElboTerms estimate(
      Tensor x, DiagonalNormal posterior, LatentModel model, Context context) {
    Tensor z = posterior.sample(noise);
    return new ElboTerms(
        model.logLikelihood(x, z).negate(), model.divergence().perDim(posterior, model.prior(), z));
  }

  @Override
  public String registeredName() {
    return "GivenNoise";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map();
  }
}
