package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Normal numbers, drawn again where they are more than two standard deviations from the mean.
 *
 * <p>What is left has 0.8796 times the standard deviation asked for.
 *
 * @param mean 0 unless given
 * @param stddev the standard deviation, 0.05 unless given
 */
public record TruncatedNormal(double mean, double stddev) implements Initializer {
  public TruncatedNormal {
    Checks.nonNegative("TruncatedNormal", "stddev", stddev);
  }

  /** Mean 0, standard deviation 0.05. */
  public static TruncatedNormal of() {
    return new TruncatedNormal(0, 0.05);
  }

  /** The same with another mean. */
  public TruncatedNormal mean(double value) {
    return new TruncatedNormal(value, stddev);
  }

  /** The same with another standard deviation. */
  public TruncatedNormal stddev(double value) {
    return new TruncatedNormal(mean, value);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Random.truncatedNormal(shape).mean(mean).stddev(stddev).from(seeds);
  }

  @Override
  public String registeredName() {
    return "TruncatedNormal";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("mean", mean, "stddev", stddev);
  }
}
