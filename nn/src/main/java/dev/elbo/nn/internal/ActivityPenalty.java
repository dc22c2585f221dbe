package dev.elbo.nn.internal;

import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.Tensor;

/** The penalty on what a layer puts out. */
public final class ActivityPenalty {
  /** What a pass calls it, after the layer's path. */
  public static final String NAME = "activity";

  private ActivityPenalty() {}

  /** {@code regularizer(output) / max(n, 1)}, n the number of examples. */
  public static Tensor of(Regularizer regularizer, Tensor output) {
    Tensor penalty = regularizer.call(output);
    return output.shape().rank() == 0
        ? penalty
        : penalty.divide(Math.max(1, output.shape().dim(0)));
  }
}
