package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Truncated normal numbers of standard deviation {@code sqrt(1 / fanIn)}.
 *
 * <p>LeCun et al., "Efficient BackProp", 1998.
 */
public record LecunNormal() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(1, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /** The initializer; it has no settings. */
  public static LecunNormal of() {
    return new LecunNormal();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "LecunNormal";
  }
}
