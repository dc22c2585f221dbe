package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.Layout;
import java.util.List;

/**
 * What a fused step does with each element.
 *
 * <p>A <i>direct</i> body is loops over whole arrays. Any other works tile by tile: inputs that are
 * not read in order are gathered into a tile, each phase runs its functions and then its loop on
 * tiles, and what is kept is copied out.
 */
record LoopBody(boolean direct, List<Load> loads, List<Phase> phases, List<Store> stores) {
  LoopBody {
    loads = List.copyOf(loads);
    phases = List.copyOf(phases);
    stores = List.copyOf(stores);
  }

  /** Fills a tile from a buffer. */
  record Load(int buffer, Layout layout, Place.Tile tile) {}

  /** Applies a function to tiles. */
  record Call(Primitive function, List<Place> sources, Place target) {}

  /** Functions, then a loop over tiles whose arrays are at the given places. */
  record Phase(List<Call> calls, Loop loop, List<Place> arrays) {}

  /** Copies a value to the buffer that keeps it. */
  record Store(Place source, int buffer) {}
}
