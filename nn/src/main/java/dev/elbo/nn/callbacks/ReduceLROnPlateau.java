package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code learningRate = max(learningRate * factor, minLr)} after {@code patience} epochs in which a
 * monitored number was not better than the best so far by more than {@code minDelta}; then it rests
 * for {@code cooldown} epochs.
 *
 * <p>Defaults: monitor {@code val_loss}, factor 0.1, patience 10, minDelta 1e-4, cooldown 0, minLr
 * 0. Adds {@code learning_rate}, that of the epoch, to its metrics. NaN is never better.
 *
 * <p>Each {@code fit} starts anew. Source: Keras's ReduceLROnPlateau, of which this has the
 * algorithm.
 */
public final class ReduceLROnPlateau implements Callback {
  private static final String NAME = "ReduceLROnPlateau";

  private Monitor monitor = new Monitor(NAME, "val_loss", Mode.AUTO);
  private double factor = 0.1;
  private int patience = 10;
  private double minDelta = 1e-4;
  private int cooldown;
  private double minLr;

  private OptionalDouble best = OptionalDouble.empty();
  private int wait;
  private int cooldownLeft;

  private ReduceLROnPlateau() {}

  private ReduceLROnPlateau(ReduceLROnPlateau other) {
    monitor = other.monitor;
    factor = other.factor;
    patience = other.patience;
    minDelta = other.minDelta;
    cooldown = other.cooldown;
    minLr = other.minLr;
  }

  /** Keras's defaults: {@code val_loss}, factor 0.1, patience 10. */
  public static ReduceLROnPlateau of() {
    return new ReduceLROnPlateau();
  }

  /** Watches the number of this name in the metrics of an epoch; {@code val_loss} unless set. */
  public ReduceLROnPlateau monitor(String name) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.monitor = monitor.withName(name);
    return copy;
  }

  /** Whether small or large values are better; told from the name unless set. */
  public ReduceLROnPlateau mode(Mode value) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.monitor = monitor.withMode(value);
    return copy;
  }

  /**
   * What the learning rate is multiplied by; 0.1 unless set.
   *
   * @throws IllegalArgumentException if not between 0 and 1, 1 excluded
   */
  public ReduceLROnPlateau factor(double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau.factor: expected a number from 0 to below 1, received "
              + value
              + ". The learning rate is multiplied by it; 0.1 is the default.");
    }
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.factor = value;
    return copy;
  }

  /**
   * After how many epochs without a better value the rate is reduced; 10 unless set.
   *
   * @throws IllegalArgumentException if negative
   */
  public ReduceLROnPlateau patience(int epochs) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.patience = Checks.nonNegative("ReduceLROnPlateau.patience", epochs);
    return copy;
  }

  /**
   * By how much more than this a value must be better than the best, to count; 1e-4 unless set.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public ReduceLROnPlateau minDelta(double value) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.minDelta = Checks.nonNegative("ReduceLROnPlateau.minDelta", value);
    return copy;
  }

  /**
   * How many epochs after a reduction are not counted; 0 unless set.
   *
   * @throws IllegalArgumentException if negative
   */
  public ReduceLROnPlateau cooldown(int epochs) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.cooldown = Checks.nonNegative("ReduceLROnPlateau.cooldown", epochs);
    return copy;
  }

  /**
   * The smallest learning rate; 0 unless set.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public ReduceLROnPlateau minLr(double value) {
    ReduceLROnPlateau copy = new ReduceLROnPlateau(this);
    copy.minLr = Checks.nonNegative("ReduceLROnPlateau.minLr", value);
    return copy;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    best = OptionalDouble.empty();
    wait = 0;
    cooldownLeft = 0;
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    double current = monitor.value(run);
    LearningRate.log(run);
    if (cooldownLeft > 0) {
      cooldownLeft--;
      wait = 0;
    }
    if (monitor.isBetter(current, best.orElse(monitor.worst()), minDelta)) {
      best = OptionalDouble.of(current);
      wait = 0;
    } else if (cooldownLeft == 0) {
      wait++;
      double rate = LearningRate.get(run);
      if (wait >= patience && rate > (float) minLr) {
        LearningRate.set(run, Math.max(rate * factor, minLr));
        cooldownLeft = cooldown;
        wait = 0;
      }
    }
  }

  @Override
  public Map<String, Object> state() {
    return Config.map("best", Monitor.best(best), "wait", wait, "cooldownLeft", cooldownLeft);
  }

  @Override
  public void restore(Config state) {
    best = Monitor.best(state);
    wait = state.wholeNumber("wait", 0);
    cooldownLeft = state.wholeNumber("cooldownLeft", 0);
  }
}
