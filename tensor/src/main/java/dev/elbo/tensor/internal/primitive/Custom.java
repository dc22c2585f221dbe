package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.graph.Primitive;

/** A primitive with a kernel of its own. */
public interface Custom extends Primitive {
  /**
   * Prepares the kernel for fixed shapes.
   *
   * @param origin the user's line, for errors that only the values can cause
   */
  Kernel kernel(Signature signature, String origin);

  /**
   * An input whose array may be the output's as well, since a chunk reads no element of it that
   * another writes, each before it writes it, and none once all have run; -1 if there is none.
   */
  default int overwritable() {
    return -1;
  }
}
