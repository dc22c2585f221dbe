package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x * kept / (1 - rate)}, kept being 1 with probability {@code 1 - rate} and else 0, drawn
 * for each element in each step. Not training: {@code x}. Any shape gives the same shape.
 *
 * <p>Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
 */
public final class Dropout extends StandardLayer<Dropout> {
  static final String NAME = "Dropout";

  private final double rate;

  private Dropout(Common common, double rate) {
    super(common);
    this.rate = rate;
  }

  /**
   * A layer that drops a share of its inputs.
   *
   * @param rate from 0 to below 1
   * @throws IllegalArgumentException if outside
   */
  public static Dropout of(double rate) {
    return new Dropout(Common.of(), LayerChecks.rate(NAME, rate));
  }

  @Override
  protected Dropout with(Common settings) {
    return new Dropout(settings, rate);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    if (!context.isTraining() || rate == 0) {
      return input;
    }
    Tensor x = input.cast(dtype());
    Tensor kept =
        Random.bernoulli(x.shape(), 1 - rate).stream(context.nextStream()).key(context.key());
    return x.multiply(kept.cast(dtype()).multiply(1 / (1 - rate)));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("rate", rate);
  }
}
