package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Tensor;

/** Stands between {@code fit} and its steps. */
@FunctionalInterface
interface StepWatch {
  /** Steps are run, and nobody looks. */
  StepWatch NONE = (batch, step, arguments) -> run(step, arguments);

  /** Runs a step, or does not. The array of arguments is used again for the next step. */
  void run(BatchLayout batch, Compiled step, Tensor[] arguments);

  static void run(Compiled step, Tensor[] arguments) {
    step.call(arguments);
  }
}
