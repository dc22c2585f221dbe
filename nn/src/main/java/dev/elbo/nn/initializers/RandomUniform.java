package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Uniform numbers in [low, high).
 *
 * @param low -0.05 unless given (Keras's {@code minval})
 * @param high 0.05 unless given (Keras's {@code maxval})
 */
public record RandomUniform(double low, double high) implements Initializer {
  public RandomUniform {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "RandomUniform: expected low <= high, received " + low + " and " + high + ".");
    }
  }

  /** From -0.05 to 0.05. */
  public static RandomUniform of() {
    return new RandomUniform(-0.05, 0.05);
  }

  /** The same between other bounds. */
  public RandomUniform range(double from, double to) {
    return new RandomUniform(from, to);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Random.uniform(shape).range(low, high).from(seeds);
  }

  @Override
  public String registeredName() {
    return "RandomUniform";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("low", low, "high", high);
  }
}
