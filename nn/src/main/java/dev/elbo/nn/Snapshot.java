package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;

/** What some variables held before a step. They are copied when they change, and not before. */
final class Snapshot {
  private final int step;
  private final List<Variable> variables = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();

  Snapshot(int step, List<Variable> variables) {
    this.step = step;
    add(variables);
  }

  /** Takes in variables that no step has changed since. */
  void add(List<Variable> more) {
    for (Variable variable : more) {
      variables.add(variable);
      values.add(variable.value());
    }
  }

  /** The step before which it was taken. */
  int step() {
    return step;
  }

  void restore() {
    for (int i = 0; i < variables.size(); i++) {
      variables.get(i).assign(values.get(i));
    }
  }
}
