package dev.elbo.nn;

/**
 * Is told how training goes, and may stop it. All methods run on the thread that called {@code
 * fit}, between steps.
 */
public interface Callback {
  /** Before the first epoch. */
  default void onTrainBegin(TrainingRun run) {}

  /** Before the first step of an epoch. */
  default void onEpochBegin(TrainingRun run) {}

  /** After a step. Reading {@link TrainingRun#metrics} here costs more than a small step. */
  default void onTrainBatchEnd(TrainingRun run) {}

  /** After the last step of an epoch and its validation. */
  default void onEpochEnd(TrainingRun run) {}

  /** At the end, also when training was stopped; not when it failed. */
  default void onTrainEnd(TrainingRun run) {}
}
