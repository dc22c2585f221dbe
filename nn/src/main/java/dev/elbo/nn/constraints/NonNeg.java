package dev.elbo.nn.constraints;

import dev.elbo.tensor.Tensor;

/** {@code max(w, 0)}: no weight is negative. */
public record NonNeg() implements Constraint {
  static final String NAME = "NonNeg";

  /** No weight is negative. */
  public static NonNeg of() {
    return new NonNeg();
  }

  @Override
  public Tensor call(Tensor weights) {
    return weights.maximum(0);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
