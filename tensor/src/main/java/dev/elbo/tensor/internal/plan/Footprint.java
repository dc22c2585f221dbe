package dev.elbo.tensor.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The buffers of a fused step.
 *
 * @param read those of which element i of the loop reads element i
 * @param seen those that it reads in any other way
 * @param stored those of which element i of the loop writes element i
 * @param combined those of reductions, and any others that chunks share
 * @param alone whether it needs memory that all steps share, so that no other may run meanwhile
 */
record Footprint(
    Set<Integer> read,
    Set<Integer> seen,
    Set<Integer> stored,
    Set<Integer> combined,
    boolean alone) {
  Footprint {
    read = Set.copyOf(read);
    seen = Set.copyOf(seen);
    stored = Set.copyOf(stored);
    combined = Set.copyOf(combined);
  }

  List<Touch> touches(Optional<Touch.Part> chunks) {
    Optional<Touch.Part> elements = alone ? Optional.empty() : chunks;
    List<Touch> touches = new ArrayList<>();
    read.forEach(buffer -> touches.add(new Touch(buffer, false, elements)));
    seen.forEach(buffer -> touches.add(new Touch(buffer, false, Optional.empty())));
    stored.forEach(buffer -> touches.add(new Touch(buffer, true, elements)));
    combined.forEach(buffer -> touches.add(new Touch(buffer, true, Optional.empty())));
    return touches;
  }
}
