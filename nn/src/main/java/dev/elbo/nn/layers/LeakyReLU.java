package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code x > 0 ? x : negativeSlope x}. Any shape gives the same shape. */
public final class LeakyReLU extends StandardLayer<LeakyReLU> {
  static final String NAME = "LeakyReLU";

  private final double negativeSlope;
  private final dev.elbo.nn.activations.Activation function;

  private LeakyReLU(Common common, double negativeSlope) {
    super(common);
    this.negativeSlope = negativeSlope;
    this.function = Activations.leakyRelu(negativeSlope);
  }

  /** A slope of 0.3: Keras's layer, whose function has 0.2. */
  public static LeakyReLU of() {
    return new LeakyReLU(Common.of(), 0.3);
  }

  static LeakyReLU of(Config config) {
    return of(config.number("negativeSlope", of().negativeSlope));
  }

  /**
   * A layer with another slope, 0.3 in {@link #of()}.
   *
   * @param negativeSlope 0 or more
   * @throws IllegalArgumentException if negative
   */
  public static LeakyReLU of(double negativeSlope) {
    if (!(negativeSlope >= 0 && negativeSlope < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected a finite negativeSlope of 0 or more, received "
              + negativeSlope
              + ". Keras's is 0.3.");
    }
    return new LeakyReLU(Common.of(), negativeSlope);
  }

  @Override
  protected LeakyReLU with(Common settings) {
    return new LeakyReLU(settings, negativeSlope);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return function.call(input.cast(dtype()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("negativeSlope", negativeSlope);
  }
}
