package dev.elbo.nn.optimizers;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Map;

/**
 * What an optimizer remembers of one weight, by name.
 *
 * <p>Numbers are remembered to a multiple of {@code 2^-103}, about 1e-31 ({@code 2^-952} in
 * float64). Averages of gradients that have become 0 would otherwise decay to subnormal numbers and
 * stay there, and a processor takes a hundred times as long for each of those.
 */
public final class Slots {
  /** Adding it and taking it away again leaves multiples of its last place. */
  private static final double COARSE = 0x1p-80;

  private static final double DOUBLE_COARSE = 0x1p-900;

  private final Map<String, Variable> variables;

  Slots(Map<String, Variable> variables) {
    this.variables = variables;
  }

  /** What was remembered before this step. */
  public Tensor get(String name) {
    return variable(name).value();
  }

  /** Remembers a value of the weight's shape and type, and returns what is remembered. */
  public Tensor set(String name, Tensor value) {
    double coarse = value.dtype() == DType.FLOAT64 ? DOUBLE_COARSE : COARSE;
    Tensor remembered = value.add(coarse).subtract(coarse);
    variable(name).assign(remembered);
    return remembered;
  }

  private Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException(
          "Slots: expected one of " + variables.keySet() + ", received '" + name + "'.");
    }
    return variable;
  }
}
