package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code l1 * sum(|w|)}, Lasso's penalty.
 *
 * <p>The gradient is {@code l1 * sign(w)}, 0 at 0: steps along it cross 0 and never stay there.
 * Taken by {@link #proximal} steps, weights become exactly 0.
 *
 * @param l1 the factor, 0 or more; 0.01 unless given
 */
public record L1(double l1) implements Proximable {
  public L1 {
    Factors.require("L1", "l1", l1);
  }

  /** {@code 0.01 * sum(|w|)} */
  public static L1 of() {
    return new L1(0.01);
  }

  /** {@code l1 * sum(|w|)} */
  public static L1 of(double l1) {
    return new L1(l1);
  }

  @Override
  public Tensor call(Tensor weights) {
    return weights.abs().sum().multiply(l1);
  }

  /** {@code sign(w) * max(|w| - step * l1, 0)} */
  @Override
  public Tensor shrink(Tensor weights, Tensor step) {
    return SoftThreshold.of(weights, step.multiply(l1));
  }

  @Override
  public String registeredName() {
    return "L1";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("l1", l1);
  }
}
