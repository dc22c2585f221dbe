package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;

/**
 * {@code learningRate = schedule(epoch, learningRate)} before each epoch. Adds {@code
 * learning_rate}, that of the epoch, to its metrics. No step is traced again.
 */
public final class LearningRateScheduler implements Callback {
  private final LearningRateSchedule schedule;

  private LearningRateScheduler(LearningRateSchedule schedule) {
    this.schedule = schedule;
  }

  /** Such as {@code LearningRateScheduler.of((epoch, rate) -> epoch < 10 ? rate : rate * 0.9)}. */
  public static LearningRateScheduler of(LearningRateSchedule schedule) {
    return new LearningRateScheduler(schedule);
  }

  @Override
  public void onEpochBegin(TrainingRun run) {
    double rate = schedule.at(run.epoch(), LearningRate.get(run));
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "LearningRateScheduler: expected a finite rate of 0 or more for epoch "
              + run.epoch()
              + ", received "
              + rate
              + ". Look at the schedule's formula.");
    }
    LearningRate.set(run, rate);
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    LearningRate.log(run);
  }
}
