package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Primitive;

/** A primitive that moves no data: its output is its input's array, read in another order. */
public interface View extends Primitive {
  /** The output's layout over the array in which the input lies as {@code input} says. */
  Layout layout(Layout input);
}
