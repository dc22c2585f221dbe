package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** (batch, a, b, ...) gives (batch, a * b * ...), in row-major order; (batch) gives (batch, 1). */
public final class Flatten extends StandardLayer<Flatten> {
  static final String NAME = "Flatten";

  private Flatten(Common common) {
    super(common);
  }

  /** A layer that leaves the batch axis and one more. */
  public static Flatten of() {
    return new Flatten(Common.of());
  }

  @Override
  protected Flatten with(Common settings) {
    return new Flatten(settings);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, ...), received a scalar. Use reshape(1, 1).");
    }
    Shape sample = input.slice(1, input.rank());
    return Shape.of(input.dim(0), sample.isKnown() ? (int) sample.size() : Shape.BATCH);
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return input.reshape(outputShape(input.shape()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of();
  }
}
