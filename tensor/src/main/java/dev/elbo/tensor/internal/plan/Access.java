package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.primitive.Layout;

/** Where an op's elements are: in the buffer of {@code base}, at the places that a layout says. */
record Access(Op base, Layout layout) {

  /** True if element i of the op is element i of the buffer. */
  boolean isAligned() {
    return layout.isContiguous();
  }

  /** True if every element is element 0 of the buffer. */
  boolean isScalar() {
    return layout.isUniform() && layout.offset() == 0;
  }
}
