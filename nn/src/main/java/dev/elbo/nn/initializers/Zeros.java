package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** {@code 0} everywhere. */
public record Zeros() implements Initializer {
  /** {@code 0} everywhere. */
  public static Zeros of() {
    return new Zeros();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return Tensor.zeros(shape);
  }

  @Override
  public String registeredName() {
    return "Zeros";
  }
}
