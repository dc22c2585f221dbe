package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.MathKernels;
import dev.elbo.tensor.internal.primitive.Layout;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.StridedCopy;
import dev.elbo.tensor.internal.primitive.Transcendental;
import java.util.List;

/**
 * One pass over memory: loads, loops, functions over tiles, stores, and the reductions that end
 * them.
 *
 * <p>A <i>direct</i> step is a single loop over whole arrays. Any other works tile by tile: inputs
 * that are not read in order are gathered into a tile, each phase runs its functions and then its
 * loop on tiles, and results are copied out or combined.
 */
final class FusedStep implements Step {
  /** Elements of a tile; also the length of the pieces in which long rows are reduced. */
  static final int TILE = 1024;

  /** Rows of the blocks in which columns are reduced. */
  static final int BLOCK_ROWS = 64;

  private static final int DIRECT_CHUNK = 16 * TILE;
  private static final int TILED_CHUNK = 8 * TILE;

  /** Where a value is found while a tile is treated. */
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

  /** Fills a tile from a buffer. */
  record Load(int buffer, Layout layout, Place.Tile tile) {}

  /** Applies a function to tiles. */
  record Call(Primitive function, List<Place> sources, Place target) {}

  /** Functions, then a loop over tiles whose arrays are at the given places. */
  record Phase(List<Call> calls, Loop loop, List<Place> arrays) {}

  /** Copies a value to the buffer that keeps it. */
  record Store(Place source, int buffer) {}

  /**
   * Combines a value into a buffer of results, by way of partial results if {@code partials >= 0}.
   */
  record Reduce(Combine combine, Place source, int buffer, int partials) {}

  private final int index;
  private final long size;
  private final boolean direct;
  private final List<Load> loads;
  private final List<Phase> phases;
  private final List<Store> stores;
  private final List<Reduce> reduces;
  private final Geometry geometry;
  private final double cost;
  private final String description;
  private final MathKernels math = Kernels.get().math();

  FusedStep(
      int index,
      long size,
      boolean direct,
      List<Load> loads,
      List<Phase> phases,
      List<Store> stores,
      List<Reduce> reduces,
      Geometry geometry,
      double nanosPerElement,
      String description) {
    this.index = index;
    this.size = size;
    this.direct = direct;
    this.loads = List.copyOf(loads);
    this.phases = List.copyOf(phases);
    this.stores = List.copyOf(stores);
    this.reduces = List.copyOf(reduces);
    this.geometry = geometry;
    this.cost = size * nanosPerElement;
    this.description = description;
  }

  /** Partial results that a reduction of this geometry leaves, or 0 if it needs none. */
  static int partials(Geometry geometry) {
    if (geometry.isRows()) {
      int pieces = pieces(geometry.length(), TILE);
      return pieces <= 1 ? 0 : geometry.outer() * pieces;
    }
    int blocks = pieces(geometry.length(), BLOCK_ROWS);
    return blocks <= 1 ? 0 : geometry.outer() * blocks * geometry.inner();
  }

  private static int pieces(int length, int piece) {
    return (length + piece - 1) / piece;
  }

  @Override
  public int chunks() {
    if (reduces.isEmpty()) {
      return (int) ((size + chunkElements() - 1) / chunkElements());
    }
    return pieces(reductionUnits(), unitsPerChunk());
  }

  private int chunkElements() {
    return direct ? DIRECT_CHUNK : TILED_CHUNK;
  }

  /** Pieces of rows, groups of short rows, or blocks of columns. */
  private int reductionUnits() {
    if (geometry.results() == 0) {
      return 0;
    }
    if (!geometry.isRows()) {
      return geometry.outer() * Math.max(1, pieces(geometry.length(), BLOCK_ROWS));
    }
    return geometry.length() > TILE
        ? geometry.outer() * pieces(geometry.length(), TILE)
        : pieces(geometry.outer(), rowsPerTile());
  }

  private int unitsPerChunk() {
    if (!geometry.isRows()) {
      int unit = Math.max(1, Math.min(geometry.length(), BLOCK_ROWS) * geometry.inner());
      return Math.max(1, TILED_CHUNK / unit);
    }
    return TILED_CHUNK / TILE;
  }

  private int rowsPerTile() {
    return Math.max(1, TILE / Math.max(1, geometry.length()));
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public void begin(Frame frame) {
    int slots = direct ? 1 : frame.slots();
    Object[] state = frame.state(index, slots * phases.size());
    for (int slot = 0; slot < slots; slot++) {
      for (int p = 0; p < phases.size(); p++) {
        List<Place> places = phases.get(p).arrays();
        Object[] arrays = (Object[]) state[slot * phases.size() + p];
        boolean first = arrays == null;
        if (arrays == null) {
          arrays = new Object[places.size()];
          state[slot * phases.size() + p] = arrays;
        }
        for (int k = 0; k < arrays.length; k++) {
          switch (places.get(k)) {
            case Place.Whole whole -> arrays[k] = frame.buffer(whole.buffer());
            case Place.Scalar scalar -> arrays[k] = frame.buffer(scalar.buffer());
            case Place.Spill spill -> arrays[k] = frame.spill(spill.dtype(), spill.index(), size);
            case Place.Tile tile -> {
              if (first) {
                arrays[k] = frame.tile(slot, tile.dtype(), tile.index());
              }
            }
            case Place.Register register ->
                throw new IllegalStateException("a register has no array");
          }
        }
        if (first) {
          reserveTiles(frame, slot);
        }
      }
    }
  }

  /** Makes all tiles now, so that threads find them without creating any. */
  private void reserveTiles(Frame frame, int slot) {
    for (Load load : loads) {
      frame.tile(slot, load.tile().dtype(), load.tile().index());
    }
    for (Phase phase : phases) {
      for (Call call : phase.calls()) {
        if (call.target() instanceof Place.Tile tile) {
          frame.tile(slot, tile.dtype(), tile.index());
        }
      }
    }
  }

  @Override
  public void run(int chunk, int slot, Frame frame) {
    if (reduces.isEmpty()) {
      long from = (long) chunk * chunkElements();
      range((int) from, (int) Math.min(size, from + chunkElements()), slot, frame);
    } else {
      int from = chunk * unitsPerChunk();
      int to = Math.min(reductionUnits(), from + unitsPerChunk());
      for (int unit = from; unit < to; unit++) {
        if (geometry.isRows()) {
          reduceRows(unit, slot, frame);
        } else {
          reduceColumns(unit, slot, frame);
        }
      }
    }
  }

  /** Treats a range of elements of a step without reductions. */
  void range(int from, int to, int slot, Frame frame) {
    if (direct) {
      Object[] state = frame.state(index, phases.size());
      int step = phases.size() == 1 ? to - from : TILE;
      for (int start = from; start < to; start += step) {
        int end = Math.min(to, start + step);
        for (int p = 0; p < phases.size(); p++) {
          phases.get(p).loop().run((Object[]) state[p], start, end);
        }
      }
      return;
    }
    for (int start = from; start < to; start += TILE) {
      tile(start, Math.min(to, start + TILE), slot, frame);
    }
  }

  private void tile(int from, int to, int slot, Frame frame) {
    int count = to - from;
    for (int i = 0; i < loads.size(); i++) {
      Load load = loads.get(i);
      Object tile = frame.tile(slot, load.tile().dtype(), load.tile().index());
      if (load.layout().isContiguous()) {
        System.arraycopy(frame.buffer(load.buffer()), from, tile, 0, count);
      } else {
        StridedCopy.gather(frame.buffer(load.buffer()), load.layout(), from, to, tile, 0);
      }
    }
    Object[] state = frame.state(index, 0);
    for (int p = 0; p < phases.size(); p++) {
      Phase phase = phases.get(p);
      for (int i = 0; i < phase.calls().size(); i++) {
        call(phase.calls().get(i), from, count, slot, frame);
      }
      phase.loop().run((Object[]) state[slot * phases.size() + p], 0, count);
    }
    for (int i = 0; i < stores.size(); i++) {
      Store store = stores.get(i);
      System.arraycopy(
          array(store.source(), slot, frame),
          offset(store.source(), from),
          frame.buffer(store.buffer()),
          from,
          count);
    }
  }

  private void call(Call call, int from, int count, int slot, Frame frame) {
    Place first = call.sources().getFirst();
    Object source = array(first, slot, frame);
    int at = offset(first, from);
    Object target = array(call.target(), slot, frame);
    int targetAt = offset(call.target(), from);
    if (call.function() instanceof Transcendental transcendental) {
      if (source instanceof float[] x) {
        math.apply(transcendental.function(), x, at, (float[]) target, targetAt, count);
      } else {
        math.apply(
            transcendental.function(), (double[]) source, at, (double[]) target, targetAt, count);
      }
    } else if (call.function() instanceof Pow) {
      Place second = call.sources().get(1);
      Object exponent = array(second, slot, frame);
      int exponentAt = offset(second, from);
      if (source instanceof float[] x) {
        math.pow(x, at, (float[]) exponent, exponentAt, (float[]) target, targetAt, count);
      } else {
        math.pow(
            (double[]) source,
            at,
            (double[]) exponent,
            exponentAt,
            (double[]) target,
            targetAt,
            count);
      }
    } else {
      throw new IllegalStateException(call.function().name() + " has no kernel over tiles");
    }
  }

  private static Object array(Place place, int slot, Frame frame) {
    return switch (place) {
      case Place.Whole whole -> frame.buffer(whole.buffer());
      case Place.Tile tile -> frame.tile(slot, tile.dtype(), tile.index());
      case Place.Scalar scalar -> throw new IllegalStateException("a scalar is not a run");
      case Place.Spill spill -> throw new IllegalStateException("a direct step has no runs");
      case Place.Register register -> throw new IllegalStateException("a register is not a run");
    };
  }

  private static int offset(Place place, int from) {
    return place instanceof Place.Whole ? from : 0;
  }

  private void reduceRows(int unit, int slot, Frame frame) {
    int length = geometry.length();
    if (length > TILE) {
      int pieces = pieces(length, TILE);
      int row = unit / pieces;
      int start = unit % pieces * TILE;
      int from = row * length + start;
      int to = row * length + Math.min(length, start + TILE);
      tile(from, to, slot, frame);
      for (int r = 0; r < reduces.size(); r++) {
        Reduce reduce = reduces.get(r);
        Object source = array(reduce.source(), slot, frame);
        int at = offset(reduce.source(), from);
        reduce.combine().run(source, at, to - from, frame.buffer(reduce.partials()), unit);
      }
      return;
    }
    int firstRow = unit * rowsPerTile();
    int lastRow = Math.min(geometry.outer(), firstRow + rowsPerTile());
    int from = firstRow * length;
    tile(from, lastRow * length, slot, frame);
    for (int r = 0; r < reduces.size(); r++) {
      Reduce reduce = reduces.get(r);
      Object source = array(reduce.source(), slot, frame);
      int at = offset(reduce.source(), from);
      for (int row = firstRow; row < lastRow; row++) {
        reduce
            .combine()
            .run(
                source, at + (row - firstRow) * length, length, frame.buffer(reduce.buffer()), row);
      }
    }
  }

  private void reduceColumns(int unit, int slot, Frame frame) {
    int inner = geometry.inner();
    int blocks = Math.max(1, pieces(geometry.length(), BLOCK_ROWS));
    int outer = unit / blocks;
    int firstRow = unit % blocks * BLOCK_ROWS;
    int lastRow = Math.min(geometry.length(), firstRow + BLOCK_ROWS);
    int results = (blocks == 1 ? outer : unit) * inner;
    for (int r = 0; r < reduces.size(); r++) {
      Reduce reduce = reduces.get(r);
      Object target = frame.buffer(blocks == 1 ? reduce.buffer() : reduce.partials());
      reduce.combine().reset(target, results, results + inner);
    }
    int rowsPerTile = TILE / Math.max(1, inner);
    int step = rowsPerTile > 0 ? rowsPerTile * inner : TILE;
    int start = (outer * geometry.length() + firstRow) * inner;
    int end = (outer * geometry.length() + lastRow) * inner;
    int from = start;
    while (from < end) {
      // A tile holds whole rows, or a part of one row when rows are long.
      int rowEnd = rowsPerTile > 0 ? end : from + inner - (from - start) % inner;
      int to = Math.min(rowEnd, from + step);
      tile(from, to, slot, frame);
      int column = (from - start) % inner;
      int columns = rowsPerTile > 0 ? inner : to - from;
      for (int r = 0; r < reduces.size(); r++) {
        Reduce reduce = reduces.get(r);
        Object source = array(reduce.source(), slot, frame);
        Object target = frame.buffer(blocks == 1 ? reduce.buffer() : reduce.partials());
        reduce
            .combine()
            .columns(
                source,
                offset(reduce.source(), from),
                (to - from) / columns,
                columns,
                target,
                results + column);
      }
      from = to;
    }
  }

  @Override
  public void end(Frame frame) {
    for (int r = 0; r < reduces.size(); r++) {
      Reduce reduce = reduces.get(r);
      if (reduce.partials() < 0) {
        continue;
      }
      Object partials = frame.buffer(reduce.partials());
      Object results = frame.buffer(reduce.buffer());
      if (geometry.isRows()) {
        int pieces = pieces(geometry.length(), TILE);
        for (int row = 0; row < geometry.outer(); row++) {
          reduce.combine().run(partials, row * pieces, pieces, results, row);
        }
      } else {
        int blocks = pieces(geometry.length(), BLOCK_ROWS);
        int inner = geometry.inner();
        reduce.combine().reset(results, 0, geometry.results());
        for (int outer = 0; outer < geometry.outer(); outer++) {
          reduce
              .combine()
              .columns(partials, outer * blocks * inner, blocks, inner, results, outer * inner);
        }
      }
    }
  }

  @Override
  public String describe() {
    return (direct ? "loop" : "tiles") + " of " + size + ": " + description;
  }
}
