package dev.elbo.nn.constraints;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code w / (|w| + 1e-7)}, |w| the Euclidean norm along the axes: each norm is 1.
 *
 * @param axes the axes over which a norm is taken. 0, unless set, gives each unit of a dense kernel
 *     one norm; 0, 1, 2 each filter of a convolution
 */
public record UnitNorm(List<Integer> axes) implements Constraint {
  static final String NAME = "UnitNorm";

  public UnitNorm {
    axes = Norms.axes(NAME, axes);
  }

  /** Columns of norm 1. */
  public static UnitNorm of() {
    return new UnitNorm(Norms.FIRST_AXIS);
  }

  static UnitNorm of(Config config) {
    return new UnitNorm(Norms.orFirst(config.wholeNumbers("axis")));
  }

  /** The same with norms over other axes; 0 unless set. */
  public UnitNorm axis(int... values) {
    return new UnitNorm(Arrays.stream(values).boxed().toList());
  }

  @Override
  public Tensor call(Tensor weights) {
    Tensor norms = Norms.of(NAME, weights, axes);
    return Norms.scale(weights, norms, Tensor.scalar(1, weights.dtype()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("axis", axes);
  }
}
