package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Normal numbers.
 *
 * @param mean 0 unless given
 * @param stddev the standard deviation, 0.05 unless given
 */
public record RandomNormal(double mean, double stddev) implements Initializer {
  public RandomNormal {
    Checks.nonNegative("RandomNormal", "stddev", stddev);
  }

  /** Mean 0, standard deviation 0.05. */
  public static RandomNormal of() {
    return new RandomNormal(0, 0.05);
  }

  /** The same with another mean. */
  public RandomNormal mean(double value) {
    return new RandomNormal(value, stddev);
  }

  /** The same with another standard deviation. */
  public RandomNormal stddev(double value) {
    return new RandomNormal(mean, value);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Random.normal(shape).mean(mean).stddev(stddev).from(seeds);
  }

  @Override
  public String registeredName() {
    return "RandomNormal";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("mean", mean, "stddev", stddev);
  }
}
