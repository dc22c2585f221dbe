package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code e^x / sum of e^x} over an axis. Any shape gives the same shape. */
public final class Softmax extends StandardLayer<Softmax> {
  static final String NAME = "Softmax";

  private final int axis;
  private final dev.elbo.nn.activations.Activation function;

  private Softmax(Common common, int axis) {
    super(common);
    this.axis = axis;
    this.function = Activations.softmax(axis);
  }

  /** Over the last axis. */
  public static Softmax of() {
    return new Softmax(Common.of(), -1);
  }

  static Softmax of(Config config) {
    return of(config.wholeNumber("axis", of().axis));
  }

  /** Over an axis, -1 in {@link #of()}; negative ones count from the end. */
  public static Softmax of(int axis) {
    return new Softmax(Common.of(), axis);
  }

  @Override
  protected Softmax with(Common settings) {
    return new Softmax(settings, axis);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, classes), received shape "
              + input
              + ". Use expandDims(0) for a single sample.");
    }
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
    return Map.of("axis", axis);
  }
}
