package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code activation(x)} as a layer of its own: any shape gives the same shape, but for glu, which
 * halves the last axis.
 */
public final class Activation extends StandardLayer<Activation> {
  static final String NAME = "Activation";

  private final dev.elbo.nn.activations.Activation function;

  private Activation(Common common, dev.elbo.nn.activations.Activation function) {
    super(common);
    this.function = function;
  }

  /** A layer that applies a function, such as {@link Activations#RELU}. */
  public static Activation of(dev.elbo.nn.activations.Activation function) {
    return new Activation(Common.of(), function);
  }

  /** The function that is applied. */
  public dev.elbo.nn.activations.Activation function() {
    return function;
  }

  static Activation of(Config config) {
    return of(config.part("activation", Activations.registry(), Activations.LINEAR));
  }

  @Override
  protected Activation with(Common settings) {
    return new Activation(settings, function);
  }

  @Override
  public Shape outputShape(Shape input) {
    return function.outputShape(input);
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
    return Map.of("activation", Config.part(function));
  }
}
