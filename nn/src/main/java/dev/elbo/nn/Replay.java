package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.NonFinite;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Repeats the steps from a snapshot on, until one has a loss or weights that are not finite. The
 * same seed gives the same bits, so it is the step that it was the first time.
 */
final class Replay implements StepWatch {
  /** A step, and what was before it. */
  private record Moment(
      StepRecorder.Part part,
      int step,
      BatchLayout batch,
      List<Tensor> arguments,
      Snapshot before) {}

  private final Model model;
  private final Compilation compilation;
  private final StepFunctions functions;
  private final StepRecorder recorder;
  private int step;
  private StepRecorder.Part part;
  private Optional<Moment> previous = Optional.empty();
  private Optional<Moment> found = Optional.empty();

  Replay(Model model, Compilation compilation, StepFunctions functions, StepRecorder recorder) {
    this.model = model;
    this.compilation = compilation;
    this.functions = functions;
    this.recorder = recorder;
    this.step = recorder.start().step();
    this.part = recorder.parts().getFirst();
    recorder.start().restore();
  }

  /** Runs all epochs since the snapshot, or those before the bad step and its own. */
  void run() {
    List<StepRecorder.Part> parts = recorder.parts();
    for (int i = 0; i < parts.size(); i++) {
      part = parts.get(i);
      int end = i + 1 < parts.size() ? parts.get(i + 1).at() : recorder.steps();
      if (!isDone() && step < end) {
        part.steps().run(part.stepOfEpoch(step), () -> {}, () -> !isDone() && step < end);
      }
    }
  }

  private boolean isDone() {
    return found.isPresent();
  }

  /** The number of the epoch of the bad step, or of the last epoch if no step was bad. */
  int epoch() {
    return found.map(Moment::part).orElse(part).epoch();
  }

  @Override
  public void run(BatchLayout batch, Compiled function, Tensor[] arguments) {
    if (!isDone()) {
      for (StepRecorder.Assignment assignment : recorder.assignments()) {
        if (assignment.step() == step) {
          assignment.variable().assign(assignment.value());
        }
      }
      Snapshot before = new Snapshot(step, recorder.variables());
      Moment moment = new Moment(part, step, batch, List.of(arguments), before);
      StepWatch.run(function, arguments);
      if (compilation.isLossFinite() && StepRecorder.isFinite(model)) {
        previous = Optional.of(moment);
      } else {
        found = Optional.of(moment);
      }
    }
    step++;
  }

  /** What is known of the step; the variables are as they were before it. */
  Optional<StepFailure> failure() {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble normBefore =
        previous.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(report(previous.get()).gradientNorm());
    Moment moment = found.get();
    NonFinite.Report report = report(moment);
    OptionalInt row =
        report
            .first()
            .filter(first -> first.row().isPresent())
            .map(first ->
                OptionalInt.of(moment.batch().number(moment.arguments(), first.row().getAsInt())))
            .orElse(OptionalInt.empty());
    return Optional.of(
        new StepFailure(
            moment.part().stepOfEpoch(moment.step()),
            report.result(),
            report.first(),
            report.first().flatMap(this::weight),
            row,
            report.gradientNorm(),
            normBefore));
  }

  /** The weight that is not finite, where the search ends at one. */
  private Optional<String> weight(NonFinite first) {
    return first.operation().equals("variable")
        ? model.namedWeights().entrySet().stream()
            .filter(weight -> !Checks.isFinite(weight.getValue().value()))
            .map(Map.Entry::getKey)
            .findFirst()
        : Optional.empty();
  }

  private NonFinite.Report report(Moment moment) {
    moment.before().restore();
    List<Tensor> arguments = moment.batch().batch(moment.arguments());
    try {
      return NonFinite.find(
          functions.trainStep(moment.batch()), arguments, oneRowMore(moment, arguments));
    } catch (IllegalArgumentException onlyThisManyRows) {
      return NonFinite.find(functions.trainStep(moment.batch()), arguments, arguments);
    }
  }

  private static List<Tensor> oneRowMore(Moment moment, List<Tensor> arguments) {
    List<Tensor> more = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Tensor argument = arguments.get(i);
      more.add(
          i < moment.batch().parts()
              ? Tensor.concat(List.of(argument, argument.slice(0, 0, 1)), 0).evaluate()
              : argument);
    }
    return more;
  }
}
