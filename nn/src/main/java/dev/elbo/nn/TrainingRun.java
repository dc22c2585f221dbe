package dev.elbo.nn;

import dev.elbo.nn.internal.AtomicFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A call of {@code fit} as callbacks see it: where it is, how it goes, and the way to stop it. */
public final class TrainingRun {
  /** What callbacks are being told. */
  private enum Moment {
    TRAIN_BEGIN,
    STEP_END,
    EPOCH_END,
    TRAIN_END,
    ANOTHER
  }

  private final Model model;
  private final Compilation compilation;
  private final Fit fit;
  private final int steps;
  private final Supplier<Map<String, Double>> running;
  private final Callback[] told;
  private final Thread fitting = Thread.currentThread();
  private final History.Builder history = new History.Builder();
  private final List<Path> wanted = new ArrayList<>();
  private Optional<Checkpoint.Loaded> resumed = Optional.empty();
  private Moment moment = Moment.ANOTHER;
  private long seed;
  private boolean numbered;
  private int next;
  private boolean within;
  private int epoch;
  private int step;
  private long epochStart;
  private boolean stopped;
  private volatile boolean asked;
  private boolean interrupted;
  private Map<String, Double> ended = Map.of();

  /**
   * A run that has not begun.
   *
   * @param steps of an epoch
   * @param running gives loss and metrics of the epoch so far
   */
  TrainingRun(
      Model model,
      Compilation compilation,
      Fit fit,
      int steps,
      Supplier<Map<String, Double>> running) {
    this.model = model;
    this.compilation = compilation;
    this.fit = fit;
    this.steps = steps;
    this.running = running;
    this.seed = fit.seed().orElse(model.seed());
    this.numbered = fit.seed().isPresent() || fit.initialEpoch() > 0;
    this.next = fit.initialEpoch();
    List<Callback> all = new ArrayList<>(fit.callbacks());
    all.add(fit.progress());
    this.told = all.toArray(Callback[]::new);
  }

  // ---- for the training loop --------------------------------------------------------------------

  /** Before the first epoch. A callback may ask to go on from a checkpoint here. */
  void beginTraining() {
    tell(Moment.TRAIN_BEGIN, callback -> callback.onTrainBegin(this));
    resumed.ifPresent(loaded -> {
      Checkpoint.Place place =
          Checkpoint.apply(loaded, model, compilation, steps, history, fit.callbacks());
      seed = place.seed();
      numbered = place.numbered();
      next = place.epoch();
      step = place.step();
      within = step > 0;
      stopped |= place.stopped();
    });
    resumed = Optional.empty();
  }

  /** Whether there is an epoch to begin, or to go on with. */
  boolean hasEpoch() {
    return within || (next < fit.epochs() && !isStopped());
  }

  void beginEpoch() {
    epoch = next;
    ended = Map.of();
    epochStart = System.nanoTime();
    if (within) {
      // The callbacks have been told before they were saved; what is shown is shown anew.
      fit.progress().onEpochBegin(this);
      return;
    }
    step = 0;
    compilation.reset(true);
    tell(Moment.ANOTHER, callback -> callback.onEpochBegin(this));
  }

  /** Whether the epoch has a step left: it has not if training was stopped before it was saved. */
  boolean hasSteps() {
    return !within || (step < steps && !isStopped());
  }

  /** Sets the order of the epoch's examples and its random keys, with {@link #seed}. */
  long number() {
    return numbered ? epoch : model.epochsTrained();
  }

  long seed() {
    return seed;
  }

  void beginStep() {
    for (Callback callback : told) {
      callback.onTrainBatchBegin(this);
    }
  }

  /** Returns whether to go on. */
  boolean endStep() {
    step++;
    // Once a step, so that all callbacks are told the same.
    interrupted = asked;
    moment = Moment.STEP_END;
    for (Callback callback : told) {
      callback.onTrainBatchEnd(this);
    }
    moment = Moment.ANOTHER;
    writeCheckpoints(epoch, step, stopped);
    return !stopped && !interrupted;
  }

  void endEpoch(Map<String, Double> metrics) {
    ended = new LinkedHashMap<>(metrics);
    tell(Moment.EPOCH_END, callback -> callback.onEpochEnd(this));
    history.add(epoch, ended);
    within = false;
    next = epoch + 1;
    writeCheckpoints(next, 0, stopped);
  }

  History endTraining() {
    interrupted |= asked && !stopped && next < fit.epochs();
    tell(Moment.TRAIN_END, callback -> callback.onTrainEnd(this));
    // Who goes on from an end wants more.
    writeCheckpoints(next, 0, false);
    return history.build();
  }

  private void tell(Moment what, Consumer<Callback> event) {
    moment = what;
    for (Callback callback : told) {
      event.accept(callback);
    }
    moment = Moment.ANOTHER;
  }

  private void writeCheckpoints(int atEpoch, int atStep, boolean atEnd) {
    if (wanted.isEmpty()) {
      return;
    }
    Checkpoint.Place place = new Checkpoint.Place(seed, numbered, atEpoch, atStep, steps, atEnd);
    for (Path file : wanted) {
      Checkpoint.write(file, model, compilation, place, history.build(), fit.callbacks());
    }
    wanted.clear();
  }

  // ---- for callbacks ----------------------------------------------------------------------------

  /** The model in training. */
  public Model model() {
    return model;
  }

  /** How it is trained. */
  public Fit fit() {
    return fit;
  }

  /** The number of the epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /** The number of the epoch at which training ends. */
  public int epochs() {
    return fit.epochs();
  }

  /** How many steps of this epoch are done. */
  public int step() {
    return step;
  }

  /** How many steps an epoch has. */
  public int steps() {
    return steps;
  }

  /** The time since this epoch began, or went on. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - epochStart);
  }

  /**
   * Loss and metrics by name, means over the epoch so far; at its end, those of the validation data
   * too, with {@code val_} before them.
   */
  public Map<String, Double> metrics() {
    return ended.isEmpty() ? running.get() : Collections.unmodifiableMap(ended);
  }

  /** The loss, its mean over the epoch so far. Costs less than {@link #metrics}. */
  public double loss() {
    return compilation.loss();
  }

  /**
   * Adds a value to the metrics of this epoch, for the callbacks that are told later and for the
   * history; another of that name is replaced.
   *
   * @throws IllegalStateException outside {@link Callback#onEpochEnd}
   */
  public void log(String name, double value) {
    require(moment == Moment.EPOCH_END, "log", "onEpochEnd");
    ended.put(name, value);
  }

  /**
   * Writes all of the state of training to a file, once all callbacks have been told of this step
   * or epoch, or of the end of training. The file is there whole or not at all.
   *
   * @throws IllegalStateException outside {@link Callback#onTrainBatchEnd}, {@link
   *     Callback#onEpochEnd} and {@link Callback#onTrainEnd}
   */
  public void checkpoint(Path file) {
    require(
        moment == Moment.STEP_END || moment == Moment.EPOCH_END || moment == Moment.TRAIN_END,
        "checkpoint",
        "onTrainBatchEnd, onEpochEnd or onTrainEnd");
    wanted.add(file);
  }

  /**
   * Goes on from where {@link #checkpoint} wrote a file, and ends with the bits of a run that never
   * stopped: model, optimizer and callbacks are given their state once all callbacks have been told
   * that training begins, and the history goes on. The seeds and the place are the file's, whatever
   * {@code fit} was given. An epoch that had begun before is not announced to the callbacks again.
   *
   * @throws ModelFileException if there is none, it is damaged, or belongs to another training
   * @throws IllegalStateException outside {@link Callback#onTrainBegin}
   */
  public void resume(Path file) {
    require(moment == Moment.TRAIN_BEGIN, "resume", "onTrainBegin");
    AtomicFile.deleteLeftovers(file);
    resumed = Optional.of(Checkpoint.read(file));
  }

  private static void require(boolean now, String method, String where) {
    if (!now) {
      throw new IllegalStateException(
          "TrainingRun."
              + method
              + ": expected to be called in a callback's "
              + where
              + ", received a call at another moment. Move it there.");
    }
  }

  /** Ends training after this step. May be called from another thread, such as a signal handler. */
  public void stop() {
    if (Thread.currentThread() == fitting) {
      stopped = true;
    } else {
      asked = true;
    }
  }

  /** Whether somebody has asked to stop. */
  public boolean isStopped() {
    return stopped || asked;
  }

  /**
   * Whether this is the last step, or the end, because another thread has asked to stop, such as a
   * signal handler's: training is not at its end then, and may go on another time. A checkpoint of
   * that moment does.
   */
  public boolean isInterrupted() {
    return interrupted;
  }
}
