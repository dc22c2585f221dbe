package dev.elbo.nn.callbacks;

import dev.elbo.nn.TrainingRun;
import dev.elbo.tensor.Tensor;

/** The learning rate of a model in training. */
final class LearningRate {
  private LearningRate() {}

  static double get(TrainingRun run) {
    return run.model().optimizer().learningRate().value().item();
  }

  static void set(TrainingRun run, double value) {
    run.model().optimizer().learningRate().assign(Tensor.scalar(value));
  }

  /** Adds it to the metrics of the epoch, under Keras's name. */
  static void log(TrainingRun run) {
    run.log("learning_rate", get(run));
  }
}
