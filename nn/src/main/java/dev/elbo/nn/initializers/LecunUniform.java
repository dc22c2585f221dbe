package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Uniform numbers in [-limit, limit), {@code limit = sqrt(3 / fanIn)}.
 *
 * <p>LeCun et al., "Efficient BackProp", 1998.
 */
public record LecunUniform() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(1, FanMode.FAN_IN, Distribution.UNIFORM);

  /** The initializer; it has no settings. */
  public static LecunUniform of() {
    return new LecunUniform();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "LecunUniform";
  }
}
