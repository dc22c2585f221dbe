package dev.elbo.tensor.internal.kernel;

/**
 * The rectangles that an {@code [m, n]} output is cut into, set by the product's shape alone:
 * {@code bands} of rows, each of {@code strips} of columns.
 *
 * <p>Full rows where B is small, because what follows a product then runs over contiguous memory.
 * But every band reads and packs all of B, so a large B is cut into strips and given few bands.
 */
record ChunkGrid(int m, int n, int bands, int strips) {

  /** Below this, waking a helper costs more than it saves. */
  private static final long TEAM_FLOPS = 2_000_000;

  /** The least that a chunk should amount to: some twenty microseconds. */
  private static final long CHUNK_FLOPS = 1_600_000;

  /** A band of up to so many rows repays the packing of B, and its part of A fits the cache. */
  private static final int MOST_ROWS = 192;

  /** A band of fewer rows does not repay the packing of a large B. */
  private static final int ROWS_TO_PACK = 48;

  /** A band of more rows repays it many times over. */
  private static final int ENOUGH_ROWS = 1024;

  /** The least rows of a band that reads a small B in place, and the most such bands. */
  private static final int LEAST_ROWS = 16;

  private static final int MOST_SMALL_BANDS = 8;

  /** A B of so many floats stays in the second-level cache: each band may well read it again. */
  private static final long SMALL_B = 120_000;

  /** With fewer bands than this, the columns of a small B are cut too, no narrower than that. */
  private static final int ENOUGH_CHUNKS = 4;

  private static final int LEAST_COLUMNS = 128;

  /** Strips begin at multiples of this, which is a whole number of vectors on every machine. */
  private static final int UNIT = 32;

  /**
   * The grid of a product.
   *
   * @param leastColumns the narrowest strip of a large B that the loops run well over
   */
  static ChunkGrid of(GemmShape shape, int leastColumns) {
    int m = shape.m();
    int n = shape.n();
    long flops = shape.flops();
    if (flops < TEAM_FLOPS) {
      return new ChunkGrid(m, n, 1, 1);
    }
    // Powers of two share out evenly among two, four or eight threads.
    int most = (int) Math.min(1 << 20, Long.highestOneBit(flops / CHUNK_FLOPS));
    if (m >= ROWS_TO_PACK && (long) n * shape.k() > SMALL_B) {
      int strips = Math.max(1, Integer.highestOneBit(Math.min(n / leastColumns, most)));
      int bands = Math.min(Math.min(ENOUGH_CHUNKS, most) / strips, m / ROWS_TO_PACK);
      return new ChunkGrid(m, n, Math.max(1, Math.max(bands, m / ENOUGH_ROWS)), strips);
    }
    int bands = Math.ceilDiv(m, MOST_ROWS);
    if (bands <= 16) {
      bands = powerOfTwoFrom(bands);
    }
    boolean smallB = !shape.transposeA() && !shape.transposeB() && (long) n * shape.k() <= SMALL_B;
    if (smallB && m >= LEAST_ROWS) {
      bands = Math.max(bands, Integer.highestOneBit(Math.min(MOST_SMALL_BANDS, m / LEAST_ROWS)));
    }
    bands = Math.min(bands, most);
    int strips = Math.min(Math.min(ENOUGH_CHUNKS, most) / bands, n / LEAST_COLUMNS);
    return new ChunkGrid(m, n, bands, Math.max(1, Integer.highestOneBit(strips)));
  }

  /** How many chunks there are; 0 when C is empty. */
  int count() {
    return m == 0 || n == 0 ? 0 : bands * strips;
  }

  int rowFrom(int chunk) {
    return firstRow(chunk / strips);
  }

  int rowTo(int chunk) {
    return firstRow(chunk / strips + 1);
  }

  int columnFrom(int chunk) {
    return firstColumn(chunk % strips);
  }

  int columnTo(int chunk) {
    return firstColumn(chunk % strips + 1);
  }

  /** The most rows of any chunk. */
  int rows() {
    return Math.ceilDiv(m, bands);
  }

  /** The most columns of any chunk. */
  int columns() {
    return Math.min(n, UNIT * Math.ceilDiv(Math.ceilDiv(n, UNIT), strips));
  }

  private int firstRow(int band) {
    return (int) ((long) m * band / bands);
  }

  private int firstColumn(int strip) {
    return (int) Math.min(n, UNIT * ((long) Math.ceilDiv(n, UNIT) * strip / strips));
  }

  private static int powerOfTwoFrom(int value) {
    int floor = Integer.highestOneBit(value);
    return floor == value ? value : 2 * floor;
  }
}
