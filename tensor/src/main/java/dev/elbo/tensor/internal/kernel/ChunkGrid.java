package dev.elbo.tensor.internal.kernel;

/**
 * The rectangles that an {@code [m, n]} output is cut into, set by the product's shape alone.
 *
 * @param rows rows of a chunk, the last one's may be fewer
 * @param columns columns of a chunk, likewise
 */
record ChunkGrid(int m, int n, int rows, int columns) {

  /** Below this, waking a helper costs more than it saves. */
  private static final long ONE_CHUNK_FLOPS = 2_000_000;

  /** What a chunk should amount to: some tens of microseconds, so that a late helper finds work. */
  private static final long CHUNK_FLOPS = Long.getLong("cf",1_600_000);

  /** More chunks than this only repeat the packing. */
  private static final int MOST_CHUNKS = 16;

  /** Narrower rectangles would use the wide rows of B, or the packed panels, too few times. */
  private static final int LEAST_ROWS = Integer.getInteger("lr",32);

  private static final int LEAST_COLUMNS = 32;

  static ChunkGrid of(GemmShape shape) {
    int m = shape.m();
    int n = shape.n();
    long flops = shape.flops();
    if (flops < ONE_CHUNK_FLOPS) {
      return new ChunkGrid(m, n, m, n);
    }
    int wanted = (int) Math.min(MOST_CHUNKS, Math.max(2, flops / CHUNK_FLOPS));
    if (m >= Integer.getInteger("lm",1) * LEAST_ROWS) {
      return new ChunkGrid(m, n, Math.max(LEAST_ROWS, part(m, wanted, 8)), n);
    }
    return new ChunkGrid(m, n, m, Math.min(n, Math.max(LEAST_COLUMNS, part(n, wanted, 32))));
  }

  int count() {
    return m == 0 || n == 0 ? 0 : downwards() * across();
  }

  int rowFrom(int chunk) {
    return chunk / across() * rows;
  }

  int rowTo(int chunk) {
    return Math.min(m, rowFrom(chunk) + rows);
  }

  int columnFrom(int chunk) {
    return chunk % across() * columns;
  }

  int columnTo(int chunk) {
    return Math.min(n, columnFrom(chunk) + columns);
  }

  private int downwards() {
    return Math.ceilDiv(m, rows);
  }

  private int across() {
    return Math.ceilDiv(n, columns);
  }

  /** The size of each of {@code parts} parts, rounded up to whole tiles. */
  private static int part(int size, int parts, int multiple) {
    return Math.ceilDiv(Math.ceilDiv(size, parts), multiple) * multiple;
  }
}
