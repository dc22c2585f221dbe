package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code l2 * sum(w^2)}, Ridge's penalty, without a hidden one-half.
 *
 * <p>The gradient is {@code 2 * l2 * w}.
 *
 * @param l2 the factor, 0 or more; 0.01 unless given
 */
public record L2(double l2) implements Regularizer {
  public L2 {
    Factors.require("L2", "l2", l2);
  }

  /** {@code 0.01 * sum(w^2)} */
  public static L2 of() {
    return new L2(0.01);
  }

  /** {@code l2 * sum(w^2)} */
  public static L2 of(double l2) {
    return new L2(l2);
  }

  @Override
  public Tensor call(Tensor weights) {
    return weights.square().sum().multiply(l2);
  }

  @Override
  public String registeredName() {
    return "L2";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("l2", l2);
  }
}
