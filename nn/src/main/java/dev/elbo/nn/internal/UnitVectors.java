package dev.elbo.nn.internal;

import dev.elbo.tensor.Tensor;

/** Vectors scaled to length 1. */
public final class UnitVectors {
  /** Keras's {@code epsilon()}: no vector is taken for shorter. */
  private static final double EPSILON = 1e-7;

  private UnitVectors() {}

  /** {@code x / max(|x|, 1e-7)}, |x| the Euclidean norm along an axis. */
  public static Tensor along(Tensor x, int axis) {
    // The maximum is taken before the root, whose gradient at 0 is infinite.
    Tensor squares = x.square().sum(new int[] {axis}, true);
    return x.multiply(squares.maximum(EPSILON * EPSILON).rsqrt());
  }
}
