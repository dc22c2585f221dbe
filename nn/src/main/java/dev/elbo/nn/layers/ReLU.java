package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code x > threshold ? min(x, maxValue) : negativeSlope (x - threshold)}. Any shape gives the
 * same shape.
 */
public final class ReLU extends StandardLayer<ReLU> {
  static final String NAME = "ReLU";

  private final OptionalDouble maxValue;
  private final double negativeSlope;
  private final double threshold;
  private final dev.elbo.nn.activations.Activation function;

  private ReLU(Common common, OptionalDouble maxValue, double negativeSlope, double threshold) {
    super(common);
    this.maxValue = maxValue;
    this.negativeSlope = negativeSlope;
    this.threshold = threshold;
    this.function = Activations.relu(negativeSlope, maxValue, threshold);
  }

  /** {@code max(x, 0)} */
  public static ReLU of() {
    return new ReLU(Common.of(), OptionalDouble.empty(), 0, 0);
  }

  static ReLU of(Config config) {
    ReLU layer =
        of().negativeSlope(config.number("negativeSlope", of().negativeSlope))
            .threshold(config.number("threshold", of().threshold));
    double limit = config.number("maxValue", Double.POSITIVE_INFINITY);
    return limit == Double.POSITIVE_INFINITY ? layer : layer.maxValue(limit);
  }

  /** The largest output; no limit unless set. */
  public ReLU maxValue(double value) {
    requireUnbuilt("maxValue");
    return new ReLU(common(), OptionalDouble.of(value), negativeSlope, threshold);
  }

  /** The slope below the threshold; 0 unless set. */
  public ReLU negativeSlope(double value) {
    requireUnbuilt("negativeSlope");
    return new ReLU(common(), maxValue, value, threshold);
  }

  /** Up to where the slope is the negative one; 0 unless set. */
  public ReLU threshold(double value) {
    requireUnbuilt("threshold");
    return new ReLU(common(), maxValue, negativeSlope, value);
  }

  @Override
  protected ReLU with(Common settings) {
    return new ReLU(settings, maxValue, negativeSlope, threshold);
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
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("negativeSlope", negativeSlope);
    maxValue.ifPresent(value -> config.put("maxValue", value));
    config.put("threshold", threshold);
    return config;
  }
}
