package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x > 0 ? x : alpha (e^x - 1)}. Any shape gives the same shape.
 *
 * <p>Beside a static import of all of {@link Activations}, ELU is the constant there: write {@code
 * Activation.of(elu(alpha))}.
 */
public final class ELU extends StandardLayer<ELU> {
  static final String NAME = "ELU";

  private final double alpha;
  private final dev.elbo.nn.activations.Activation function;

  private ELU(Common common, double alpha) {
    super(common);
    this.alpha = alpha;
    this.function = Activations.elu(alpha);
  }

  /** Alpha 1. */
  public static ELU of() {
    return new ELU(Common.of(), 1);
  }

  static ELU of(Config config) {
    return of(config.number("alpha", of().alpha));
  }

  /** A layer with another alpha, 1 in {@link #of()}. */
  public static ELU of(double alpha) {
    return new ELU(Common.of(), alpha);
  }

  @Override
  protected ELU with(Common settings) {
    return new ELU(settings, alpha);
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
    return Map.of("alpha", alpha);
  }
}
