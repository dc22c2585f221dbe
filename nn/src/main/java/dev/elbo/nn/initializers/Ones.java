package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** {@code 1} everywhere. */
public record Ones() implements Initializer {
  /** {@code 1} everywhere. */
  public static Ones of() {
    return new Ones();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Tensor.ones(shape);
  }

  @Override
  public String registeredName() {
    return "Ones";
  }
}
