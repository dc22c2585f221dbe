package dev.elbo.nn;

import dev.elbo.nn.config.Config;
import java.util.Map;

/**
 * Is told how training goes, and may stop it. All methods run on the thread that called {@code
 * fit}, between steps.
 *
 * <p>A callback that remembers something from one call to the next, such as the best loss so far,
 * gives it out in {@link #state} and takes it back in {@link #restore}: then a run that was killed
 * and resumed goes on as if nothing had been. {@code dev.elbo.nn.callbacks} has Keras's callbacks.
 */
public interface Callback {
  /** Before the first epoch. A callback that is used again starts anew here. */
  default void onTrainBegin(TrainingRun run) {}

  /** Before the first step of an epoch. */
  default void onEpochBegin(TrainingRun run) {}

  /** Before a step. */
  default void onTrainBatchBegin(TrainingRun run) {}

  /** After a step. Reading {@link TrainingRun#metrics} here costs more than a small step. */
  default void onTrainBatchEnd(TrainingRun run) {}

  /** After the last step of an epoch and its validation. */
  default void onEpochEnd(TrainingRun run) {}

  /** At the end, also when training was stopped; not when it failed. */
  default void onTrainEnd(TrainingRun run) {}

  /**
   * What a checkpoint is to hold of this callback, by name: texts, numbers, booleans, tensors, and
   * lists and maps of them. Nothing unless overridden.
   */
  default Map<String, Object> state() {
    return Map.of();
  }

  /**
   * Takes back what {@link #state} gave, after {@link #onTrainBegin}. Numbers are read as numbers,
   * tensors with {@code state.object("best", Tensor.class)}.
   */
  default void restore(Config state) {}
}
