package dev.elbo.vae;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code ln q(z | x) - ln p(z)} of each dimension at a z drawn from q: right on average, for any
 * prior, and noisier than {@link ClosedFormKl}. One example's value may be negative.
 *
 * <p>Kingma and Welling, 2014, equation 6.
 */
public final class MonteCarloKl implements Divergence {
  static final String NAME = "MonteCarloKl";

  private MonteCarloKl() {}

  /** The estimate from the draws that the reconstruction uses too. */
  public static MonteCarloKl of() {
    return new MonteCarloKl();
  }

  @Override
  public Tensor perDim(DiagonalNormal posterior, Prior prior, Tensor z) {
    return posterior.logDensity(z).subtract(prior.logDensity(z));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map();
  }
}
