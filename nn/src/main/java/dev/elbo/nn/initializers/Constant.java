package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code value} everywhere.
 *
 * @param value 0 unless given
 */
public record Constant(double value) implements Initializer {
  /** {@code 0} everywhere. */
  public static Constant of() {
    return new Constant(0);
  }

  /** {@code value} everywhere. */
  public static Constant of(double value) {
    return new Constant(value);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Tensor.full(shape, value);
  }

  @Override
  public String registeredName() {
    return "Constant";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("value", value);
  }
}
