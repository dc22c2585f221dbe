package dev.elbo.nn.losses;

import dev.elbo.tensor.Tensor;

/** A loss of a user's function. */
final class FunctionLoss extends Loss {
  private final LossFunction function;

  FunctionLoss(String name, Reduction reduction, LossFunction function) {
    super(name, reduction);
    this.function = function;
  }

  @Override
  public Loss reduction(Reduction value) {
    return new FunctionLoss(name(), value, function);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    return function.perSample(yTrue, yPred);
  }

  @Override
  public String registeredName() {
    throw new IllegalStateException(
        "loss '"
            + name()
            + "': a plain function has no registered name and cannot be saved. Use one of Losses, or"
            + " save the weights alone.");
  }
}
