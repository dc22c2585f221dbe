package dev.elbo.vae;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code ln p(x | z) = sum of (-0.5 ((x - y) / stddev)^2 - ln stddev - 0.5 ln(2 pi))}, where the
 * decoder's outputs y are means: squared error with its factor, and with the constants that make it
 * a density.
 */
public final class NormalLikelihood implements Likelihood {
  static final String NAME = "Normal";

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final double stddev;

  private NormalLikelihood(double stddev) {
    if (!(stddev > 0 && Double.isFinite(stddev))) {
      throw new IllegalArgumentException(
          NAME + ": expected a standard deviation above 0, received " + stddev + ".");
    }
    this.stddev = stddev;
  }

  /**
   * With a standard deviation that is not learned.
   *
   * @param stddev of each number given z, in the unit of x; above 0
   */
  public static NormalLikelihood of(double stddev) {
    return new NormalLikelihood(stddev);
  }

  @Override
  public Tensor logLikelihood(Tensor x, Tensor parameters) {
    Likelihood.requireSameShape(NAME, x, parameters);
    double constant = Math.log(stddev) + HALF_LOG_TWO_PI;
    return Likelihood.sumPerExample(
        x.subtract(parameters).divide(stddev).square().multiply(-0.5).subtract(constant));
  }

  @Override
  public Tensor mean(Tensor parameters) {
    return parameters;
  }

  @Override
  public void requireSupport(String where, double low, double high) {
    if (!(Double.isFinite(low) && Double.isFinite(high))) {
      throw new IllegalArgumentException(
          where
              + ": expected finite numbers, received "
              + low
              + " to "
              + high
              + ". Drop the examples that are not finite.");
    }
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("stddev", stddev);
  }
}
