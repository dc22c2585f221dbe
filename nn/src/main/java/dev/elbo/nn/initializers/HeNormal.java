package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Truncated normal numbers of standard deviation {@code sqrt(2 / fanIn)}.
 *
 * <p>He et al., "Delving Deep into Rectifiers", 2015.
 */
public record HeNormal() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(2, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /** The initializer; it has no settings. */
  public static HeNormal of() {
    return new HeNormal();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "HeNormal";
  }
}
