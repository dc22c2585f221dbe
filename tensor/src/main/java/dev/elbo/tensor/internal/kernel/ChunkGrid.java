package dev.elbo.tensor.internal.kernel;

/**
 * The rectangles that an {@code [m, n]} output is cut into, set by the product's shape alone:
 * {@code bands} of rows, each of {@code strips} of columns.
 *
 * <p>Bands where B is small, because what follows a product then runs over contiguous memory. But
 * every band reads and packs all of B, so a large B is cut into strips and given few bands.
 */
record ChunkGrid(int m, int n, int bands, int strips) {

  /** Below this, waking a helper costs more than it saves. */
  private static final double TEAM_NANOS = 15_000;

  /** The least that a chunk should amount to. */
  private static final double CHUNK_NANOS = 8_000;

  /** A band of fewer rows does not repay the packing of a large B. */
  private static final int ROWS_TO_PACK = 48;

  /** With so many chunks two or four threads share out evenly. */
  private static final int ENOUGH_CHUNKS = 4;

  /** Beyond that, bands of a large product have at least so many rows. */
  private static final int BAND_ROWS = 256;

  /** A band of so many rows repays the packing of a large B many times over. */
  private static final int ENOUGH_ROWS = 1024;

  /** The least rows of a band; more where they are columns of a stored A. */
  private static final int LEAST_ROWS = 16;

  private static final int LEAST_ROWS_TRANSPOSED = 64;

  /** With fewer terms a chain is not worth cutting. */
  private static final int LEAST_TERMS = 256;

  /** What a chunk of a part should amount to at least, in nanoseconds and in rows. */
  private static final double LINK_NANOS = 4_000;

  private static final int LINK_ROWS = 8;

  private static final int MOST_LINKS = 8;

  /** A B of so many floats stays in the second-level cache: each band may well read it again. */
  private static final long SMALL_B = 120_000;

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
    double nanos = shape.nanos();
    if (nanos < TEAM_NANOS) {
      return new ChunkGrid(m, n, 1, 1);
    }
    // Powers of two share out evenly among two, four or eight threads.
    int most = Integer.highestOneBit((int) Math.min(1 << 20, nanos / CHUNK_NANOS));
    int enough = Math.min(ENOUGH_CHUNKS, most);
    long sizeB = (long) n * shape.k();
    if (m >= ROWS_TO_PACK && sizeB > SMALL_B) {
      int strips = atLeastOne(Math.min(n / leastColumns, most));
      // Bands would each pack B. (A transposed B is mostly read in place, and A packed.)
      if (strips < enough && !shape.transposeB() && n / (leastColumns * 3 / 4) >= 2 * strips) {
        strips *= 2;
      }
      int bands = Math.min(enough / strips, m / ROWS_TO_PACK);
      return new ChunkGrid(m, n, Math.max(1, Math.max(bands, m / ENOUGH_ROWS)), strips);
    }
    int leastRows = shape.transposeA() ? LEAST_ROWS_TRANSPOSED : LEAST_ROWS;
    int bands =
        atLeastOne(Math.min(Math.min(most, Math.max(enough, m / BAND_ROWS)), m / leastRows));
    int strips = atLeastOne(Math.min(enough, n / (leastColumns / 2)));
    // Where B is most of what a few rows read, each thread should read a part of it.
    boolean mostlyB = m < ROWS_TO_PACK && sizeB > (long) m * shape.k() + (long) m * n;
    return mostlyB && strips > 1
        ? new ChunkGrid(m, n, 1, strips)
        : new ChunkGrid(m, n, bands, Math.max(1, Math.min(enough / bands, strips)));
  }

  /**
   * Into how many parts the chains of a product are cut, so that each thread keeps to rows of B: 2
   * where B stays in the second-level caches and is most of what is read, or else 1.
   */
  static int parts(GemmShape shape) {
    long sizeB = (long) shape.n() * shape.k();
    boolean mostlyB = (long) shape.m() * (shape.k() + shape.n()) < sizeB;
    return !shape.transposeA()
            && !shape.transposeB()
            && shape.nanos() >= 2 * TEAM_NANOS
            && shape.m() >= LEAST_ROWS
            && shape.k() >= LEAST_TERMS
            && sizeB <= SMALL_B
            && mostlyB
        ? 2
        : 1;
  }

  /**
   * The rectangles of a product in parts: bands, and enough of them to follow each other closely.
   */
  static ChunkGrid inParts(GemmShape shape, int parts) {
    int most = (int) (shape.nanos() / parts / LINK_NANOS);
    int bands = Math.min(MOST_LINKS, Math.min(most, shape.m() / LINK_ROWS));
    return new ChunkGrid(shape.m(), shape.n(), Math.max(1, bands), 1);
  }

  /** How many chunks there are; 0 when C is empty. */
  int count() {
    return m == 0 || n == 0 ? 0 : bands * strips;
  }

  int rowFrom(int chunk) {
    return firstRow(band(chunk));
  }

  int rowTo(int chunk) {
    return firstRow(band(chunk) + 1);
  }

  int columnFrom(int chunk) {
    return firstColumn(strip(chunk));
  }

  int columnTo(int chunk) {
    return firstColumn(strip(chunk) + 1);
  }

  private int band(int chunk) {
    return stripByStrip() ? chunk % bands : chunk / strips;
  }

  private int strip(int chunk) {
    return stripByStrip() ? chunk / bands : chunk % strips;
  }

  /**
   * Whether chunks that follow each other, which mostly are one thread's, share columns rather than
   * rows: then each thread reads a part of B, the larger factor, and if that is a weight stored
   * transposed, the part that it updates.
   */
  private boolean stripByStrip() {
    return n > m;
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

  /** The largest power of two up to a value, and no less than 1. */
  private static int atLeastOne(int value) {
    return Math.max(1, Integer.highestOneBit(value));
  }
}
