package dev.elbo.vae;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code ln p(x | z) = sum of (x y - softplus(y))} over the pixels, where the decoder's outputs y
 * are logits: the same as {@code x ln p + (1 - x) ln(1 - p)} with {@code p = sigmoid(y)}, without
 * rounding p to 0 or 1.
 *
 * <p>Pixels are numbers from 0 to 1. For numbers in between it is the cross-entropy that the
 * literature reports for grey MNIST, not the logarithm of a density: compare it with nothing but
 * itself. Kingma and Welling, 2014, appendix C.1.
 */
public final class BernoulliLikelihood implements Likelihood {
  static final String NAME = "Bernoulli";

  private BernoulliLikelihood() {}

  /** From logits. */
  public static BernoulliLikelihood of() {
    return new BernoulliLikelihood();
  }

  @Override
  public Tensor logLikelihood(Tensor x, Tensor parameters) {
    Likelihood.requireSameShape(NAME, x, parameters);
    return Likelihood.sumPerExample(x.multiply(parameters).subtract(parameters.softplus()));
  }

  @Override
  public Tensor mean(Tensor parameters) {
    return parameters.sigmoid();
  }

  @Override
  public void requireSupport(String where, double low, double high) {
    if (!(low >= 0 && high <= 1)) {
      throw new IllegalArgumentException(
          where
              + ": expected numbers from 0 to 1, since the likelihood is Bernoulli, received "
              + low
              + " to "
              + high
              + (Double.isFinite(low) && Double.isFinite(high)
                  ? ". Use inputScale(1 / 255.0) for pixels from 0 to 255, or NormalLikelihood."
                  : ". Drop the examples that are not finite."));
    }
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
