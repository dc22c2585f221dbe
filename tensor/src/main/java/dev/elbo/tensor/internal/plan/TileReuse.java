package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.plan.LoopBody.Call;
import dev.elbo.tensor.internal.plan.LoopBody.Load;
import dev.elbo.tensor.internal.plan.LoopBody.Phase;
import dev.elbo.tensor.internal.plan.LoopBody.Store;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Gives the tiles of a body new numbers, so that a value takes over the tile of one that nobody
 * needs any more: what a tile's elements pass through should fit into the first-level cache.
 *
 * <p>The last reader of a value may write its own result over it: loops and calls read an element
 * before they write it.
 */
final class TileReuse {
  private final LoopBody body;
  private final List<Place> keptToTheEnd;
  private final Map<Place.Tile, Integer> lastUse = new HashMap<>();
  private final Map<Place.Tile, Place.Tile> renamed = new HashMap<>();
  private final Map<DType, TreeSet<Integer>> free = new EnumMap<>(DType.class);
  private final Map<DType, Integer> tiles = new EnumMap<>(DType.class);

  private TileReuse(LoopBody body, List<Place> keptToTheEnd) {
    this.body = body;
    this.keptToTheEnd = keptToTheEnd;
  }

  /**
   * Numbers the tiles of a body in which each value has a tile of its own.
   *
   * @param keptToTheEnd places that are read once the tile has been treated
   */
  static TileReuse of(LoopBody body, List<Place> keptToTheEnd) {
    TileReuse reuse = new TileReuse(body, keptToTheEnd);
    reuse.findLastUses();
    reuse.rename();
    return reuse;
  }

  /** A place under its new number. */
  Place of(Place place) {
    Place known = place instanceof Place.Tile ? renamed.get(place) : place;
    if (known == null) {
      throw new IllegalStateException("a tile is read that nothing fills: " + place);
    }
    return known;
  }

  /** The body with its tiles under their new numbers. */
  LoopBody body() {
    return new LoopBody(
        body.direct(),
        body.loads().stream()
            .map(load -> new Load(load.buffer(), load.layout(), tile(load.tile())))
            .toList(),
        body.phases().stream().map(this::phase).toList(),
        body.stores().stream()
            .map(store -> new Store(of(store.source()), store.buffer()))
            .toList());
  }

  private Place.Tile tile(Place.Tile tile) {
    return (Place.Tile) of(tile);
  }

  private Phase phase(Phase phase) {
    return new Phase(
        phase.calls().stream()
            .map(call ->
                new Call(
                    call.function(),
                    call.sources().stream().map(this::of).toList(),
                    of(call.target())))
            .toList(),
        phase.loop(),
        phase.arrays().stream().map(this::of).toList());
  }

  private void findLastUses() {
    int time = 0;
    for (Load load : body.loads()) {
      lastUse.put(load.tile(), time);
    }
    for (Phase phase : body.phases()) {
      for (Call call : phase.calls()) {
        time++;
        note(call.sources(), time);
        note(List.of(call.target()), time);
      }
      time++;
      note(phase.arrays(), time);
    }
    time++;
    note(body.stores().stream().map(Store::source).toList(), time);
    note(keptToTheEnd, time);
  }

  private void note(List<Place> places, int time) {
    for (Place place : places) {
      if (place instanceof Place.Tile tile) {
        lastUse.put(tile, time);
      }
    }
  }

  private void rename() {
    for (Load load : body.loads()) {
      fill(load.tile());
    }
    int time = 0;
    for (Phase phase : body.phases()) {
      for (Call call : phase.calls()) {
        time++;
        step(call.sources(), List.of(call.target()), time);
      }
      time++;
      // The loop's outputs are the tiles that nothing has filled yet.
      List<Place> inputs = new ArrayList<>();
      List<Place> outputs = new ArrayList<>();
      for (Place place : phase.arrays()) {
        (place instanceof Place.Tile tile && !renamed.containsKey(tile) ? outputs : inputs)
            .add(place);
      }
      step(inputs, outputs, time);
    }
  }

  private void step(List<Place> sources, List<Place> targets, int time) {
    for (Place place : sources) {
      if (place instanceof Place.Tile tile && lastUse.getOrDefault(tile, 0) == time) {
        release(tile);
      }
    }
    for (Place place : targets) {
      if (place instanceof Place.Tile tile) {
        fill(tile);
      }
    }
    for (Place place : targets) {
      // A result that nobody reads.
      if (place instanceof Place.Tile tile && lastUse.getOrDefault(tile, 0) == time) {
        release(tile);
      }
    }
  }

  private void release(Place.Tile tile) {
    free.computeIfAbsent(tile.dtype(), dtype -> new TreeSet<>()).add(tile(tile).index());
  }

  private void fill(Place.Tile tile) {
    Integer index = free.computeIfAbsent(tile.dtype(), dtype -> new TreeSet<>()).pollFirst();
    if (index == null) {
      index = tiles.merge(tile.dtype(), 1, Integer::sum) - 1;
    }
    renamed.put(tile, new Place.Tile(tile.dtype(), index));
  }
}
