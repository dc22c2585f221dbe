package dev.elbo.nn.initializers;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Uniform numbers in [-limit, limit), {@code limit = sqrt(6 / (fanIn + fanOut))}.
 *
 * <p>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", 2010.
 */
public record GlorotUniform() implements Initializer {
  private static final VarianceScaling SCALING =
      new VarianceScaling(1, FanMode.FAN_AVG, Distribution.UNIFORM);

  /** The initializer; it has no settings. */
  public static GlorotUniform of() {
    return new GlorotUniform();
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    return SCALING.call(shape, seeds);
  }

  @Override
  public String registeredName() {
    return "GlorotUniform";
  }
}
