package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.primitive.Reduction;

/** A reduction's view of its input: (outer, length, inner), where the middle axis goes away. */
record Geometry(int outer, int length, int inner) {
  static Geometry of(Op op) {
    Reduction reduction = (Reduction) op.primitive();
    if (reduction == null) {
      throw new IllegalStateException("not a reduction: " + op);
    }
    Shape shape = op.inputs().getFirst().shape();
    return new Geometry(
        (int) shape.slice(0, reduction.first()).size(),
        (int) shape.slice(reduction.first(), reduction.last() + 1).size(),
        (int) shape.slice(reduction.last() + 1, shape.rank()).size());
  }

  /** True if the elements to combine lie side by side. */
  boolean isRows() {
    return inner == 1;
  }

  int results() {
    return outer * inner;
  }
}
