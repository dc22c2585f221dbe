package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Numbers of variance {@code scale / n}, n = fanIn, fanOut or their mean, at least 1.
 *
 * <p>Uniform numbers lie in [-limit, limit), {@code limit = sqrt(3 scale / n)}. Truncated normal
 * ones are drawn with standard deviation {@code sqrt(scale / n) / 0.8796}, so that {@code
 * sqrt(scale / n)} is left.
 *
 * @param scale above 0; 1 unless given
 * @param mode what n is; fanIn unless given
 * @param distribution from what is drawn; a truncated normal unless given
 */
public record VarianceScaling(double scale, FanMode mode, Distribution distribution)
    implements Initializer {
  /** The standard deviation of a standard normal cut off at -2 and 2. */
  private static final double TRUNCATED_STDDEV = 0.8796256610342398;

  public VarianceScaling {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "VarianceScaling: expected scale to be a finite number above 0, received " + scale + ".");
    }
  }

  /** Scale 1, fanIn, a truncated normal distribution. */
  public static VarianceScaling of() {
    return new VarianceScaling(1, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);
  }

  /** The same with another scale. */
  public VarianceScaling scale(double value) {
    return new VarianceScaling(value, mode, distribution);
  }

  /** The same with another divisor. */
  public VarianceScaling mode(FanMode value) {
    return new VarianceScaling(scale, value, distribution);
  }

  /** The same with another distribution. */
  public VarianceScaling distribution(Distribution value) {
    return new VarianceScaling(scale, mode, value);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    double variance = variance(shape);
    return switch (distribution) {
      case TRUNCATED_NORMAL ->
          Random.truncatedNormal(shape).stddev(Math.sqrt(variance) / TRUNCATED_STDDEV).from(seeds);
      case UNTRUNCATED_NORMAL -> Random.normal(shape).stddev(Math.sqrt(variance)).from(seeds);
      case UNIFORM -> {
        double limit = Math.sqrt(3 * variance);
        yield Random.uniform(shape).range(-limit, limit).from(seeds);
      }
    };
  }

  /** The variance of the numbers for a weight of a shape. */
  double variance(Shape shape) {
    Fans fans = Fans.of(shape);
    double fan =
        switch (mode) {
          case FAN_IN -> fans.in();
          case FAN_OUT -> fans.out();
          case FAN_AVG -> (fans.in() + fans.out()) / 2;
        };
    return scale / Math.max(1, fan);
  }

  @Override
  public String registeredName() {
    return "VarianceScaling";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map(
        "scale", scale, "mode", Config.nameOf(mode), "distribution", Config.nameOf(distribution));
  }
}
