package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code gain} on the diagonal of a matrix, 0 elsewhere.
 *
 * @param gain 1 unless given
 */
public record Identity(double gain) implements Initializer {
  /** 1 on the diagonal. */
  public static Identity of() {
    return new Identity(1);
  }

  /** {@code gain} on the diagonal. */
  public static Identity of(double gain) {
    return new Identity(gain);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "Identity: expected a weight of two axes, received shape "
              + shape
              + ". Use Orthogonal for a kernel with more axes.");
    }
    int columns = shape.dim(1);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < Math.min(shape.dim(0), columns); i++) {
      values[i * columns + i] = (float) gain;
    }
    return Tensor.of(values, shape);
  }

  @Override
  public String registeredName() {
    return "Identity";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("gain", gain);
  }
}
