package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Named variables as tensors, and back. */
final class Variables {
  private static final int MAX_NAMES = 3;

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
   * @param what has these names, for errors: {@code weights}
   * @throws IllegalArgumentException if the names differ; it has some of those that do
   */
  static void requireNames(String what, Set<String> expected, Set<String> received) {
    if (!expected.equals(received)) {
      throw new IllegalArgumentException(
          "expected "
              + what
              + " of "
              + expected.size()
              + " names, received "
              + received.size()
              + differing(", without ", expected, received)
              + differing(", with the unknown ", received, expected)
              + ".");
    }
  }

  /** The first of the names that only the one has. */
  private static String differing(String how, Set<String> one, Set<String> other) {
    List<String> only = one.stream().filter(name -> !other.contains(name)).toList();
    if (only.isEmpty()) {
      return "";
    }
    int more = only.size() - MAX_NAMES;
    return how
        + String.join(", ", only.subList(0, Math.min(MAX_NAMES, only.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * Checks all values.
   *
   * @param what they are, for errors: {@code weights}
   * @throws IllegalArgumentException if names, shapes or types differ
   */
  static void requireFitting(
      String what, Map<String, Variable> variables, Map<String, Tensor> values) {
    requireNames(what, variables.keySet(), values.keySet());
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
