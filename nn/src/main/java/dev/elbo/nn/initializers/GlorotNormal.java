package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Truncated normal numbers of standard deviation {@code sqrt(2 / (fanIn + fanOut))}.
 *
 * <p>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", 2010.
 */
public record GlorotNormal() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(1, FanMode.FAN_AVG, Distribution.TRUNCATED_NORMAL);

  /** The initializer; it has no settings. */
  public static GlorotNormal of() {
    return new GlorotNormal();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "GlorotNormal";
  }
}
