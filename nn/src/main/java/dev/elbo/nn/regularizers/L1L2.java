package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code l1 * sum(|w|) + l2 * sum(w^2)}, the penalty of an elastic net in Keras's factors.
 *
 * <p>A term whose factor is 0 is left out: {@code L1L2.of(l1, 0)} is {@code L1.of(l1)} to the bit.
 *
 * @param l1 the factor of the absolute values, 0 or more; 0.01 unless given
 * @param l2 the factor of the squares, 0 or more; 0.01 unless given
 */
public record L1L2(double l1, double l2) implements Proximable {
  public L1L2 {
    Factors.require("L1L2", "l1", l1);
    Factors.require("L1L2", "l2", l2);
  }

  /** {@code 0.01 * sum(|w|) + 0.01 * sum(w^2)} */
  public static L1L2 of() {
    return new L1L2(0.01, 0.01);
  }

  /** {@code l1 * sum(|w|) + l2 * sum(w^2)} */
  public static L1L2 of(double l1, double l2) {
    return new L1L2(l1, l2);
  }

  @Override
  public Tensor call(Tensor weights) {
    if (l2 == 0) {
      return new L1(l1).call(weights);
    }
    Tensor squares = new L2(l2).call(weights);
    return l1 == 0 ? squares : new L1(l1).call(weights).add(squares);
  }

  /** {@code sign(w) * max(|w| - step * l1, 0) / (1 + 2 * step * l2)} */
  @Override
  public Tensor shrink(Tensor weights, Tensor step) {
    Tensor shrunk = new L1(l1).shrink(weights, step);
    return l2 == 0 ? shrunk : shrunk.divide(step.multiply(2 * l2).add(1));
  }

  @Override
  public String registeredName() {
    return "L1L2";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("l1", l1, "l2", l2);
  }
}
