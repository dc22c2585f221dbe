package dev.elbo.nn.callbacks;

/** The learning rate of each epoch, for {@link LearningRateScheduler}. */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * The learning rate of an epoch.
   *
   * @param epoch its number, from 0
   * @param learningRate that of the epoch before
   */
  double at(int epoch, double learningRate);
}
