package dev.elbo.nn;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** A call of {@code fit} as callbacks see it: where it is, how it goes, and the way to stop it. */
public final class TrainingRun {
  private final Model model;
  private final Fit fit;
  private final int steps;
  private final Supplier<Map<String, Double>> running;
  private int epoch;
  private int step;
  private long epochStart;
  private volatile boolean stopped;
  private Map<String, Double> ended = Map.of();

  TrainingRun(Model model, Fit fit, int steps, Supplier<Map<String, Double>> running) {
    this.model = model;
    this.fit = fit;
    this.steps = steps;
    this.running = running;
  }

  void beginEpoch(int number) {
    epoch = number;
    step = 0;
    ended = Map.of();
    epochStart = System.nanoTime();
  }

  void endStep() {
    step++;
  }

  void endEpoch(Map<String, Double> metrics) {
    ended = metrics;
  }

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

  /** The time since this epoch began. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - epochStart);
  }

  /**
   * Loss and metrics by name, means over the epoch so far; at its end, those of the validation data
   * too, with {@code val_} before them.
   */
  public Map<String, Double> metrics() {
    return ended.isEmpty() ? running.get() : ended;
  }

  /** Ends training after this step. May be called from another thread, such as a signal handler. */
  public void stop() {
    stopped = true;
  }

  /** Whether somebody has asked to stop. */
  public boolean isStopped() {
    return stopped;
  }
}
