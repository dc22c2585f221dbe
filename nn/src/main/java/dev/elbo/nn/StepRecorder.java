package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what is needed to repeat the steps from some step on: what the variables held every
 * thousand steps, the epochs since, and what others assigned to variables between steps, such as a
 * learning rate. Steps are numbered through all epochs.
 */
final class StepRecorder implements StepWatch {
  /** Steps between two snapshots: a copy of all variables is paid by as many steps. */
  private static final int INTERVAL = 1_000;

  /** From here on a snapshot is cheaper than to remember what was assigned. */
  private static final long MAX_ELEMENTS = 1 << 18;

  /** What somebody assigned before a step. */
  record Assignment(int step, Variable variable, Tensor value) {}

  /**
   * Steps of one epoch.
   *
   * @param epoch its number
   * @param steps runs them
   * @param first the step of the epoch that was the first to run
   * @param at the number of that step through all epochs
   */
  record Part(int epoch, FiniteSteps.Epoch steps, int first, int at) {
    /** The step of this epoch that has a number through all epochs. */
    int stepOfEpoch(int step) {
      return first + step - at;
    }
  }

  private final Compilation compilation;
  private final StepFunctions stepFunctions;
  private final FrozenLayers frozen;
  private final Set<Compiled> functions = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Variable> variables = new ArrayList<>();
  private final List<Long> seen = new ArrayList<>();
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private long assignedElements;
  private long updates;
  private Optional<Snapshot> start = Optional.empty();
  private int step;
  private boolean weightsAreFinite = true;

  StepRecorder(Model model, Compilation compilation, StepFunctions functions) {
    this.compilation = compilation;
    this.stepFunctions = functions;
    this.frozen = new FrozenLayers(model);
  }

  /** The next step is the first of an epoch that runs. */
  void beginEpoch(int epoch, FiniteSteps.Epoch steps, int first) {
    if (updates() != updates) {
      // Somebody has trained between two epochs, which nobody can repeat.
      start = Optional.empty();
    }
    parts.add(new Part(epoch, steps, first, step));
  }

  private long updates() {
    return variables.stream().mapToLong(Variable::updates).sum();
  }

  @Override
  public void run(BatchLayout batch, Compiled function, Tensor[] arguments) {
    if (functions.add(function)) {
      learn(function.variables(arguments));
    }
    if (start.isEmpty()) {
      takeSnapshot();
    } else {
      noteAssignments();
      // Steps are repeated with the layers frozen that are frozen at the end.
      if (frozen.haveChanged()
          || step - start.get().step() >= INTERVAL
          || assignedElements > MAX_ELEMENTS) {
        weightsAreFinite = stepFunctions.areWeightsFinite();
        if (weightsAreFinite) {
          takeSnapshot();
        }
      }
    }
    StepWatch.run(function, arguments);
    step++;
  }

  private void learn(List<Variable> more) {
    // Another function updates mostly the same ones, whose values of before are held already.
    List<Variable> fresh = more.stream().filter(each -> !variables.contains(each)).toList();
    variables.addAll(fresh);
    fresh.forEach(variable -> seen.add(variable.assignments()));
    start.ifPresent(snapshot -> snapshot.add(fresh));
  }

  private void takeSnapshot() {
    start = Optional.of(new Snapshot(step, variables));
    parts.subList(0, parts.size() - 1).clear();
    assignments.clear();
    assignedElements = 0;
    for (int i = 0; i < variables.size(); i++) {
      seen.set(i, variables.get(i).assignments());
    }
  }

  private void noteAssignments() {
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      long now = variable.assignments();
      if (now != seen.get(i)) {
        seen.set(i, now);
        assignments.add(new Assignment(step, variable, variable.value()));
        assignedElements += variable.shape().size();
      }
    }
  }

  /** Whether all steps of the epoch so far had a finite loss, as far as it shows. */
  boolean isFinite() {
    return weightsAreFinite && compilation.isLossFinite();
  }

  /** The same at the end of an epoch, where the weights are looked at too. */
  boolean endsFinite() {
    updates = updates();
    return start.isEmpty() || (isFinite() && stepFunctions.areWeightsFinite());
  }

  /** Whether all weights that are trained are finite. */
  static boolean isFinite(Model model) {
    for (Variable weight : model.trainableWeights()) {
      if (!Checks.isFinite(weight.value())) {
        return false;
      }
    }
    return true;
  }

  Snapshot start() {
    return start.orElseThrow();
  }

  /** The epochs since the snapshot. */
  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** How many steps have been run. */
  int steps() {
    return step;
  }

  List<Assignment> assignments() {
    return List.copyOf(assignments);
  }

  List<Variable> variables() {
    return List.copyOf(variables);
  }
}
