package dev.elbo.vae;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code mean over samples of (-ln p(x | z) + KL)}, {@code z = mean + exp(0.5 logVariance)
 * epsilon}: the "SGVB" estimator. Its gradient reaches mean and logVariance through z; epsilon is a
 * constant.
 *
 * <p>Default: 1 sample. Kingma and Welling, 2014, equation 7, and section 2.3 on why 1 is enough.
 */
public final class Reparameterized implements Estimator {
  static final String NAME = "Reparameterized";

  private final int samples;

  private Reparameterized(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          NAME + ": expected at least 1 sample, received " + samples + ".");
    }
    this.samples = samples;
  }

  /** With 1 sample for each example and step. */
  public static Reparameterized of() {
    return new Reparameterized(1);
  }

  /** The same with the mean over several samples, at as many times the decoder's cost. */
  public Reparameterized samples(int value) {
    return new Reparameterized(value);
  }

  @Override
  public ElboTerms estimate(
      Tensor x, DiagonalNormal posterior, LatentModel model, Context context) {
    ElboTerms sum = once(x, posterior, model, context);
    for (int sample = 1; sample < samples; sample++) {
      ElboTerms next = once(x, posterior, model, context);
      sum =
          new ElboTerms(
              sum.reconstruction().add(next.reconstruction()), sum.klPerDim().add(next.klPerDim()));
    }
    return samples == 1
        ? sum
        : new ElboTerms(sum.reconstruction().divide(samples), sum.klPerDim().divide(samples));
  }

  private static ElboTerms once(
      Tensor x, DiagonalNormal posterior, LatentModel model, Context context) {
    Tensor epsilon =
        Random.normal(posterior.mean().shape()).dtype(posterior.mean().dtype()).stream(
                context.nextStream())
            .key(context.key());
    Tensor z = posterior.sample(epsilon);
    return new ElboTerms(
        model.logLikelihood(x, z).negate(), model.divergence().perDim(posterior, model.prior(), z));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("samples", samples);
  }
}
