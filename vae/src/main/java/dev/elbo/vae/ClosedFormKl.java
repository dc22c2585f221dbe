package dev.elbo.vae;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code 0.5 (mean^2 + exp(logVariance) - 1 - logVariance)} of each dimension: exact for a normal
 * posterior and a standard normal prior, and without noise.
 *
 * <p>Kingma and Welling, 2014, appendix B.
 */
public final class ClosedFormKl implements Divergence {
  static final String NAME = "ClosedFormKl";

  private ClosedFormKl() {}

  /** The closed form; for a {@link StandardNormal} prior. */
  public static ClosedFormKl of() {
    return new ClosedFormKl();
  }

  @Override
  public Tensor perDim(DiagonalNormal posterior, Prior prior, Tensor z) {
    if (!(prior instanceof StandardNormal)) {
      throw new IllegalArgumentException(
          "ClosedFormKl: expected the prior StandardNormal, received "
              + prior.registeredName()
              + ". Use MonteCarloKl.of(), which works for any prior.");
    }
    Tensor logVariance = posterior.logVariance();
    return posterior
        .mean()
        .square()
        .add(logVariance.exp())
        .subtract(1)
        .subtract(logVariance)
        .multiply(0.5);
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
