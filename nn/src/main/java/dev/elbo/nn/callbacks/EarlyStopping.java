package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Stops training after {@code patience} epochs in which a monitored number was not better than the
 * best so far by more than {@code minDelta}.
 *
 * <p>Defaults: monitor {@code val_loss}, minDelta 0, patience 0, no baseline, the last weights are
 * kept, watching starts with epoch 0. With patience 0 the first epoch that is not better ends
 * training; epoch 0 never does. NaN is never better.
 *
 * <p>Each {@code fit} starts anew. Source: Keras's EarlyStopping, of which this has the algorithm.
 */
public final class EarlyStopping implements Callback {
  private static final String NAME = "EarlyStopping";

  private Monitor monitor = new Monitor(NAME, "val_loss", Mode.AUTO);
  private double minDelta;
  private int patience;
  private OptionalDouble baseline = OptionalDouble.empty();
  private boolean restoreBestWeights;
  private int startFromEpoch;

  private final BestWeights bestWeights = new BestWeights();
  private OptionalDouble best = OptionalDouble.empty();
  private int bestEpoch;
  private int wait;
  private int stoppedEpoch = -1;

  private EarlyStopping() {}

  private EarlyStopping(EarlyStopping other) {
    monitor = other.monitor;
    minDelta = other.minDelta;
    patience = other.patience;
    baseline = other.baseline;
    restoreBestWeights = other.restoreBestWeights;
    startFromEpoch = other.startFromEpoch;
  }

  /** Keras's defaults: {@code val_loss}, patience 0. */
  public static EarlyStopping of() {
    return new EarlyStopping();
  }

  /** Watches the number of this name in the metrics of an epoch; {@code val_loss} unless set. */
  public EarlyStopping monitor(String name) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.monitor = monitor.withName(name);
    return copy;
  }

  /** Whether small or large values are better; told from the name unless set. */
  public EarlyStopping mode(Mode value) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.monitor = monitor.withMode(value);
    return copy;
  }

  /**
   * By how much more than this a value must be better than the best, to count; 0 unless set.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public EarlyStopping minDelta(double value) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.minDelta = Checks.nonNegative("EarlyStopping.minDelta", value);
    return copy;
  }

  /**
   * How many epochs without a better value end training; 0, which is as 1, unless set.
   *
   * @throws IllegalArgumentException if negative
   */
  public EarlyStopping patience(int epochs) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.patience = Checks.nonNegative("EarlyStopping.patience", epochs);
    return copy;
  }

  /** A value that must be surpassed too, before the epochs are counted anew; none unless set. */
  public EarlyStopping baseline(double value) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.baseline = OptionalDouble.of(value);
    return copy;
  }

  /**
   * Whether the model gets the weights of its best epoch at the end of training, stopped or not;
   * false unless set. The state of the optimizer stays that of the last step.
   */
  public EarlyStopping restoreBestWeights(boolean value) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.restoreBestWeights = value;
    return copy;
  }

  /**
   * The number of the first epoch that is watched; 0 unless set.
   *
   * @throws IllegalArgumentException if negative
   */
  public EarlyStopping startFromEpoch(int epoch) {
    EarlyStopping copy = new EarlyStopping(this);
    copy.startFromEpoch = Checks.nonNegative("EarlyStopping.startFromEpoch", epoch);
    return copy;
  }

  /** The best value so far, if there was one. */
  public OptionalDouble best() {
    return best;
  }

  /** The number of the epoch with the best value; 0 before there is one. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The number of the epoch after which training was stopped by this callback, if it was. */
  public OptionalInt stoppedEpoch() {
    return stoppedEpoch < 0 ? OptionalInt.empty() : OptionalInt.of(stoppedEpoch);
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    bestWeights.forget();
    best = OptionalDouble.empty();
    bestEpoch = 0;
    wait = 0;
    stoppedEpoch = -1;
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    double current = monitor.value(run);
    if (run.epoch() < startFromEpoch) {
      return;
    }
    if (restoreBestWeights && bestWeights.isEmpty()) {
      bestWeights.keep(run.model());
      bestEpoch = run.epoch();
    }
    wait++;
    if (monitor.isBetter(current, best.orElse(monitor.worst()), minDelta)) {
      best = OptionalDouble.of(current);
      bestEpoch = run.epoch();
      if (restoreBestWeights) {
        bestWeights.keep(run.model());
      }
      if (baseline.isEmpty() || monitor.isBetter(current, baseline.getAsDouble(), minDelta)) {
        wait = 0;
      }
    } else if (wait >= patience && run.epoch() > 0) {
      stoppedEpoch = run.epoch();
      run.stop();
    }
  }

  @Override
  public void onTrainEnd(TrainingRun run) {
    if (restoreBestWeights) {
      bestWeights.giveTo(run.model());
    }
  }

  @Override
  public Map<String, Object> state() {
    return Config.map(
        "best", Monitor.best(best),
        "bestEpoch", bestEpoch,
        "wait", wait,
        "stoppedEpoch", stoppedEpoch,
        "bestWeights", bestWeights.state());
  }

  @Override
  public void restore(Config state) {
    best = Monitor.best(state);
    bestEpoch = state.wholeNumber("bestEpoch", 0);
    wait = state.wholeNumber("wait", 0);
    stoppedEpoch = state.wholeNumber("stoppedEpoch", -1);
    bestWeights.restore(state.object("bestWeights", Map.class));
  }
}
