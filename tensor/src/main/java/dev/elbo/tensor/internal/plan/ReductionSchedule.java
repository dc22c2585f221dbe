package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Pieces;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import java.util.List;

/**
 * How the reductions that end a fused step go about it: which elements are combined together, in
 * units that are set by shape alone, so that no bit depends on the threads.
 *
 * <p>Rows of up to a tile are combined one by one, some to a unit; longer ones in pieces of a tile.
 * Columns are combined in blocks of 64 rows. Long rows of columns are cut into strips: which
 * columns go together makes no difference to any of them.
 */
final class ReductionSchedule {
  /** Combines a value into a buffer, by way of partial results if {@code partials >= 0}. */
  record Reduce(Combine combine, Place source, int buffer, int partials) {}

  private static final int TILE = LoopRunner.TILE;

  /** Rows of the blocks in which columns are combined. */
  private static final int BLOCK_ROWS = 64;

  /** Elements that are worth a chunk of their own. */
  private static final int CHUNK = 8 * TILE;

  private final List<Reduce> reduces;
  private final Geometry geometry;
  private final ReductionKernels kernels = Kernels.get().reductions();

  ReductionSchedule(List<Reduce> reduces, Geometry geometry) {
    this.reduces = List.copyOf(reduces);
    this.geometry = geometry;
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
    return Math.ceilDiv(length, piece);
  }

  int chunks() {
    return pieces(units(), unitsPerChunk());
  }

  /** Pieces of rows, groups of short rows, or blocks of columns. */
  private int units() {
    if (geometry.results() == 0) {
      return 0;
    }
    if (!geometry.isRows()) {
      return geometry.outer() * blocks() * strips();
    }
    return geometry.length() > TILE
        ? geometry.outer() * pieces(geometry.length(), TILE)
        : pieces(geometry.outer(), rowsPerTile());
  }

  private int unitsPerChunk() {
    int unit = geometry.isRows() ? TILE : Math.max(1, blockRows() * stripColumns());
    int most = Pieces.units(units(), Math.max(1, CHUNK / unit));
    int chunks = pieces(units(), most);
    // An even number, so that the middle of what is summed is the end of a chunk where it can be.
    return chunks > 1 ? pieces(units(), chunks + chunks % 2) : most;
  }

  private int rowsPerTile() {
    return Math.max(1, TILE / Math.max(1, geometry.length()));
  }

  private int blocks() {
    return Math.max(1, pieces(geometry.length(), BLOCK_ROWS));
  }

  private int blockRows() {
    return Math.clamp(geometry.length(), 1, BLOCK_ROWS);
  }

  private int strips() {
    return pieces(geometry.inner(), stripColumns());
  }

  /** Whole rows if they fit into a tile, else so many tiles' columns that a block makes a chunk. */
  private int stripColumns() {
    return geometry.inner() <= TILE
        ? geometry.inner()
        : TILE * Math.max(1, CHUNK / (blockRows() * TILE));
  }

  /** The first element that a chunk combines. */
  int from(int chunk) {
    return start(chunk * unitsPerChunk());
  }

  /** The element after the last that a chunk combines. */
  int to(int chunk) {
    return end(Math.min(units(), (chunk + 1) * unitsPerChunk()) - 1);
  }

  private int start(int unit) {
    int length = geometry.length();
    if (geometry.isRows()) {
      int pieces = pieces(length, TILE);
      return length > TILE
          ? unit / pieces * length + unit % pieces * TILE
          : unit * rowsPerTile() * length;
    }
    int block = unit / strips();
    int row = block / blocks() * length + block % blocks() * BLOCK_ROWS;
    return row * geometry.inner() + unit % strips() * stripColumns();
  }

  private int end(int unit) {
    int length = geometry.length();
    if (geometry.isRows()) {
      int pieces = pieces(length, TILE);
      return length > TILE
          ? unit / pieces * length + Math.min(length, (unit % pieces + 1) * TILE)
          : Math.min(geometry.outer(), (unit + 1) * rowsPerTile()) * length;
    }
    int block = unit / strips();
    int last = Math.min(length, (block % blocks() + 1) * BLOCK_ROWS) - 1;
    int column = Math.min(geometry.inner(), (unit % strips() + 1) * stripColumns());
    return (block / blocks() * length + last) * geometry.inner() + column;
  }

  /** Runs the body over the elements of one chunk and combines them. */
  void run(int chunk, LoopRunner runner, int slot, Frame frame) {
    int from = chunk * unitsPerChunk();
    int to = Math.min(units(), from + unitsPerChunk());
    for (int unit = from; unit < to; unit++) {
      if (geometry.isRows()) {
        rows(unit, runner, slot, frame);
      } else {
        columns(unit, runner, slot, frame);
      }
    }
  }

  private void rows(int unit, LoopRunner runner, int slot, Frame frame) {
    int length = geometry.length();
    if (length > TILE) {
      int pieces = pieces(length, TILE);
      int row = unit / pieces;
      int start = unit % pieces * TILE;
      int from = row * length + start;
      int to = row * length + Math.min(length, start + TILE);
      runner.tile(from, to, slot, frame);
      for (int r = 0; r < reduces.size(); r++) {
        Reduce reduce = reduces.get(r);
        Object source = LoopRunner.array(reduce.source(), slot, frame);
        int at = LoopRunner.offset(reduce.source(), from);
        reduce.combine().run(kernels, source, at, to - from, frame.buffer(reduce.partials()), unit);
      }
      return;
    }
    int firstRow = unit * rowsPerTile();
    int lastRow = Math.min(geometry.outer(), firstRow + rowsPerTile());
    int from = firstRow * length;
    runner.tile(from, lastRow * length, slot, frame);
    for (int r = 0; r < reduces.size(); r++) {
      Reduce reduce = reduces.get(r);
      Object source = LoopRunner.array(reduce.source(), slot, frame);
      Object target = frame.buffer(reduce.buffer());
      int at = LoopRunner.offset(reduce.source(), from);
      reduce.combine().rows(kernels, source, at, lastRow - firstRow, length, target, firstRow);
    }
  }

  private void columns(int unit, LoopRunner runner, int slot, Frame frame) {
    int inner = geometry.inner();
    int block = unit / strips();
    int firstColumn = unit % strips() * stripColumns();
    int lastColumn = Math.min(inner, firstColumn + stripColumns());
    int outer = block / blocks();
    int firstRow = block % blocks() * BLOCK_ROWS;
    int lastRow = Math.min(geometry.length(), firstRow + BLOCK_ROWS);
    int results = (blocks() == 1 ? outer : block) * inner;
    for (int r = 0; r < reduces.size(); r++) {
      Reduce reduce = reduces.get(r);
      reduce
          .combine()
          .reset(columnTarget(reduce, frame), results + firstColumn, results + lastColumn);
    }
    // A tile holds whole rows, or a part of one row when rows are long.
    int rowsPerTile = Math.max(1, TILE / inner);
    for (int row = firstRow; row < lastRow; row += rowsPerTile) {
      int rows = Math.min(lastRow - row, rowsPerTile);
      int start = (outer * geometry.length() + row) * inner;
      for (int column = firstColumn; column < lastColumn; column += TILE) {
        int columns = Math.min(lastColumn - column, TILE);
        int from = start + column;
        runner.tile(from, from + rows * columns, slot, frame);
        for (int r = 0; r < reduces.size(); r++) {
          Reduce reduce = reduces.get(r);
          reduce
              .combine()
              .columns(
                  kernels,
                  LoopRunner.array(reduce.source(), slot, frame),
                  LoopRunner.offset(reduce.source(), from),
                  rows,
                  columns,
                  columnTarget(reduce, frame),
                  results + column);
        }
      }
    }
  }

  private Object columnTarget(Reduce reduce, Frame frame) {
    return frame.buffer(blocks() == 1 ? reduce.buffer() : reduce.partials());
  }

  /** Combines the partial results. */
  void end(Frame frame) {
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
          reduce.combine().run(kernels, partials, row * pieces, pieces, results, row);
        }
      } else {
        int blocks = blocks();
        int inner = geometry.inner();
        reduce.combine().reset(results, 0, geometry.results());
        for (int outer = 0; outer < geometry.outer(); outer++) {
          reduce
              .combine()
              .columns(
                  kernels, partials, outer * blocks * inner, blocks, inner, results, outer * inner);
        }
      }
    }
  }
}
