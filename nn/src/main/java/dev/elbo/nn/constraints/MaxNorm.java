package dev.elbo.nn.constraints;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code w * min(|w|, maxValue) / (|w| + 1e-7)}, |w| the Euclidean norm along the axes: no norm is
 * above {@code maxValue}.
 *
 * <p>Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014,
 * section 5.1.
 *
 * @param maxValue the largest norm, 0 or more; 2 unless given
 * @param axes the axes over which a norm is taken. 0, unless set, gives each unit of a dense kernel
 *     one norm; 0, 1, 2 each filter of a convolution
 */
public record MaxNorm(double maxValue, List<Integer> axes) implements Constraint {
  static final String NAME = "MaxNorm";

  public MaxNorm {
    Norms.requireNonNegative(NAME, "maxValue", maxValue);
    axes = Norms.axes(NAME, axes);
  }

  /** No norm of a column above 2. */
  public static MaxNorm of() {
    return of(2);
  }

  /** No norm of a column above a value. */
  public static MaxNorm of(double maxValue) {
    return new MaxNorm(maxValue, Norms.FIRST_AXIS);
  }

  static MaxNorm of(Config config) {
    return new MaxNorm(
        config.number("maxValue", of().maxValue()), Norms.orFirst(config.wholeNumbers("axis")));
  }

  /** The same with norms over other axes; 0 unless set. */
  public MaxNorm axis(int... values) {
    return new MaxNorm(maxValue, Arrays.stream(values).boxed().toList());
  }

  @Override
  public Tensor call(Tensor weights) {
    Tensor norms = Norms.of(NAME, weights, axes);
    return Norms.scale(weights, norms, norms.minimum(maxValue));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("maxValue", maxValue, "axis", axes);
  }
}
