package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.MathFunction;

/** {@code y = f(x)} for an f that a kernel of its own computes over a tile. */
public non-sealed interface Transcendental extends Elementwise {
  MathFunction function();
}
