package dev.elbo.nn.constraints;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code w * (rate * clip(|w|, minValue, maxValue) + (1 - rate) * |w|) / (|w| + 1e-7)}, |w| the
 * Euclidean norm along the axes: each step takes a norm by {@code rate} of the way into [minValue,
 * maxValue].
 *
 * @param minValue the smallest norm, 0 or more; 0 unless given. Weights of norm 0 stay 0
 * @param maxValue the largest norm, {@code minValue} or more; 1 unless given
 * @param rate from 0, nothing is changed, to 1, the norm is inside after each step; 1 unless set
 * @param axes the axes over which a norm is taken. 0, unless set, gives each unit of a dense kernel
 *     one norm; 0, 1, 2 each filter of a convolution
 */
public record MinMaxNorm(double minValue, double maxValue, double rate, List<Integer> axes)
    implements Constraint {
  static final String NAME = "MinMaxNorm";

  public MinMaxNorm {
    Norms.requireNonNegative(NAME, "minValue", minValue);
    Norms.requireNonNegative(NAME, "maxValue", maxValue);
    if (minValue > maxValue) {
      throw new IllegalArgumentException(
          NAME
              + ": expected minValue of at most maxValue, received "
              + minValue
              + " and "
              + maxValue
              + ". Swap them.");
    }
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected a rate from 0 to 1, received "
              + rate
              + ". 1 brings each norm inside at once.");
    }
    axes = Norms.axes(NAME, axes);
  }

  /** Norms of columns from 0 to 1. */
  public static MinMaxNorm of() {
    return of(0, 1);
  }

  /** Norms of columns from one value to another. */
  public static MinMaxNorm of(double minValue, double maxValue) {
    return new MinMaxNorm(minValue, maxValue, 1, Norms.FIRST_AXIS);
  }

  static MinMaxNorm of(Config config) {
    return new MinMaxNorm(
        config.number("minValue", of().minValue()),
        config.number("maxValue", of().maxValue()),
        config.number("rate", of().rate()),
        Norms.orFirst(config.wholeNumbers("axis")));
  }

  /** The same with another part of the way that a step takes; 1 unless set. */
  public MinMaxNorm rate(double value) {
    return new MinMaxNorm(minValue, maxValue, value, axes);
  }

  /** The same with norms over other axes; 0 unless set. */
  public MinMaxNorm axis(int... values) {
    return new MinMaxNorm(minValue, maxValue, rate, Arrays.stream(values).boxed().toList());
  }

  @Override
  public Tensor call(Tensor weights) {
    Tensor norms = Norms.of(NAME, weights, axes);
    Tensor inside = norms.clip(minValue, maxValue).multiply(rate);
    return Norms.scale(weights, norms, inside.add(norms.multiply(1 - rate)));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("minValue", minValue, "maxValue", maxValue, "rate", rate, "axis", axes);
  }
}
