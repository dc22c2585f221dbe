package dev.elbo.vae;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code p(z) = N(z; 0, 1)} in each dimension. */
public final class StandardNormal implements Prior {
  static final String NAME = "StandardNormal";

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private StandardNormal() {}

  /** {@code N(0, 1)} in each dimension. */
  public static StandardNormal of() {
    return new StandardNormal();
  }

  @Override
  public Tensor logDensity(Tensor z) {
    return z.square().add(LOG_TWO_PI).multiply(-0.5);
  }

  @Override
  public Tensor sample(Shape shape, DType dtype, Tensor key) {
    return Random.normal(shape).dtype(dtype).key(key);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map();
  }
}
