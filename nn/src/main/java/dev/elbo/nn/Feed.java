package dev.elbo.nn;

import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.tensor.Tensor;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Runs a model's steps over all batches of an epoch. */
sealed interface Feed permits MemoryFeed, DatasetFeed {
  /** Who asks, for errors. */
  String where();

  /** Steps of an epoch. */
  int steps();

  /** The first examples, to look at before training: inputs, then targets. */
  Examples first();

  /**
   * Runs one epoch, or what is left of it.
   *
   * @param order how the epoch's examples are ordered: none for as they are
   * @param number of the epoch, for a data set that shuffles itself
   * @param first the step to begin with; those before it are left out
   * @param key the random key of each step, asked for before the step
   * @param goOn asked after each step
   */
  void run(
      StepFunctions functions,
      Kind kind,
      Optional<Tensor> order,
      long number,
      int first,
      IntFunction<Tensor> key,
      BooleanSupplier goOn);

  /** The order of an epoch's examples, or none if the feed has its own. */
  default Optional<Tensor> order(long seed, long epoch) {
    return Optional.empty();
  }
}
