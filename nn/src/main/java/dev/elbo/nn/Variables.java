package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named variables as tensors, and back. */
final class Variables {
  private Variables() {}

  /** The present values; later updates do not alter them. */
  static Map<String, Tensor> values(Map<String, Variable> variables) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    variables.forEach((name, variable) -> values.put(name, variable.value()));
    return values;
  }

  /**
   * Checks all values, and gives the variables theirs only if all fit.
   *
   * @param what they are, for errors: {@code weights}
   * @throws IllegalArgumentException if names, shapes or types differ
   */
  static void assign(String what, Map<String, Variable> variables, Map<String, Tensor> values) {
    requireFitting(what, variables, values);
    variables.forEach((name, variable) -> {
      Tensor value = values.get(name);
      if (value != null) {
        variable.assign(value);
      }
    });
  }

  /**
   * Checks all values.
   *
   * @param what they are, for errors: {@code weights}
   * @throws IllegalArgumentException if names, shapes or types differ
   */
  static void requireFitting(
      String what, Map<String, Variable> variables, Map<String, Tensor> values) {
    if (!variables.keySet().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "expected " + what + " " + variables.keySet() + ", received " + values.keySet() + ".");
    }
    variables.forEach((name, variable) -> {
      Tensor value = values.get(name);
      if (value == null
          || !value.shape().equals(variable.shape())
          || value.dtype() != variable.dtype()) {
        throw new IllegalArgumentException(
            "expected '"
                + name
                + "' of the "
                + what
                + " to have shape "
                + variable.shape()
                + " "
                + variable.dtype()
                + ", received "
                + (value == null ? "none" : value.shape() + " " + value.dtype())
                + ".");
      }
    });
  }
}
