package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Uniform numbers in [-limit, limit), {@code limit = sqrt(6 / fanIn)}.
 *
 * <p>He et al., "Delving Deep into Rectifiers", 2015.
 */
public record HeUniform() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(2, FanMode.FAN_IN, Distribution.UNIFORM);

  /** The initializer; it has no settings. */
  public static HeUniform of() {
    return new HeUniform();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "HeUniform";
  }
}
