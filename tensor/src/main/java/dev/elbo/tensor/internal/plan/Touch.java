package dev.elbo.tensor.internal.plan;

import java.util.Optional;

/**
 * What a step does with a buffer.
 *
 * @param part what each chunk reads or writes of it, or empty if that is all of it, or happens
 *     before or after the chunks
 */
record Touch(int buffer, boolean writes, Optional<Part> part) {

  /** Whether a chunk has no part of it. */
  boolean isNothing(int chunk) {
    return part.isPresent() && part.get().from(chunk) >= part.get().to(chunk);
  }

  /** The elements that belong to a chunk. */
  interface Part {
    int from(int chunk);

    /** The element after the last. */
    int to(int chunk);
  }
}
