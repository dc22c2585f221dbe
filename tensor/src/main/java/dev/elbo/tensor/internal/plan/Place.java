package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;

/** Where a fused step finds a value while it treats a range of elements. */
sealed interface Place {
  /** In the buffer, at the element's own index. */
  record Whole(int buffer) implements Place {}

  /** In the thread's tile of this number. */
  record Tile(DType dtype, int index) implements Place {}

  /** Between the loops of a direct step: in an array that all steps share, at the own index. */
  record Spill(DType dtype, int index) implements Place {}

  /** Element 0 of the buffer, for all elements. */
  record Scalar(int buffer) implements Place {}

  /** Nowhere: it stays in a register. */
  record Register() implements Place {}
}
