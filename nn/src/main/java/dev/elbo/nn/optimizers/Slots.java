package dev.elbo.nn.optimizers;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Map;

/** What an optimizer remembers of one weight, by name. */
public final class Slots {
  private final Map<String, Variable> variables;

  Slots(Map<String, Variable> variables) {
    this.variables = variables;
  }

  /** What was remembered before this step. */
  public Tensor get(String name) {
    return variable(name).value();
  }

  /** Remembers a value of the weight's shape and type, and returns it. */
  public Tensor set(String name, Tensor value) {
    variable(name).assign(value);
    return value;
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
