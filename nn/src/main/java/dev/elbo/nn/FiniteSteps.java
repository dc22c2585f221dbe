package dev.elbo.nn;

import dev.elbo.nn.callbacks.TerminateOnNaN;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs epochs, and stops at the first loss, or weight, that is not finite. */
final class FiniteSteps {
  /** The steps of an epoch, the same each time they are run. */
  @FunctionalInterface
  interface Epoch {
    /**
     * Runs them.
     *
     * @param first the step to begin with
     * @param beforeStep called before each
     * @param goOn asked after each
     */
    void run(int first, Runnable beforeStep, BooleanSupplier goOn);
  }

  private final Model model;
  private final Compilation compilation;
  private final StepFunctions functions;
  private final Feed feed;
  private final boolean isOn;
  private final StepRecorder recorder;

  FiniteSteps(Model model, Compilation compilation, StepFunctions functions, Feed feed, Fit fit) {
    this.model = model;
    this.compilation = compilation;
    this.functions = functions;
    this.feed = feed;
    this.isOn =
        fit.stopOnNonFinite()
            && fit.callbacks().stream().noneMatch(TerminateOnNaN.class::isInstance);
    this.recorder = new StepRecorder(model, compilation, functions);
  }

  /**
   * Runs what is left of an epoch.
   *
   * @throws NonFiniteLossException if a step is not finite; the variables are as they were before
   *     it, and the run is not told of it
   */
  void run(TrainingRun run, Epoch epoch) {
    int first = run.step();
    if (!isOn) {
      epoch.run(first, run::beginStep, run::endStep);
      return;
    }
    recorder.beginEpoch(run.epoch(), epoch, first);
    watching(
        recorder,
        () -> epoch.run(first, run::beginStep, () -> recorder.isFinite() && run.endStep()));
    if (!recorder.endsFinite()) {
      throw explain();
    }
  }

  private NonFiniteLossException explain() {
    Replay replay = new Replay(model, compilation, functions, recorder);
    watching(replay, replay::run);
    Optional<StepFailure> failure = replay.failure();
    return NonFiniteLossException.of(feed.where(), replay.epoch(), feed.steps(), failure);
  }

  private void watching(StepWatch watch, Runnable body) {
    functions.watch(watch);
    try {
      body.run();
    } finally {
      functions.watch(StepWatch.NONE);
    }
  }
}
