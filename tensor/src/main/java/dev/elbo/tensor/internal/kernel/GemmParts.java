package dev.elbo.tensor.internal.kernel;

/**
 * {@code C = A B} in float32 whose chains are cut along k: part p of a rectangle of C goes on from
 * where part p - 1 left it, with rows of B of its own. The bits are those of {@link Gemm}.
 *
 * <p>Where the same thread runs the same part again and again, it meets the same rows of B: those
 * that it has updated itself, since the gradient in B is cut by rows. Chunks are numbered part by
 * part; a chunk waits for that of the same rectangle in the part before.
 */
public final class GemmParts implements MatrixChunks {
  private final ChunkGrid grid;
  private final Gemm[] parts;
  private final int[] from;
  private final int ldb;

  private GemmParts(ChunkGrid grid, Gemm[] parts, int[] from, int ldb) {
    this.grid = grid;
    this.parts = parts;
    this.from = from;
    this.ldb = ldb;
  }

  /** Cuts a product, into one part where more would not pay. */
  public static GemmParts of(GemmKernels kernels, GemmShape shape) {
    int count = ChunkGrid.parts(shape);
    ChunkGrid grid =
        count == 1 ? ChunkGrid.of(shape, kernels.leastColumns()) : ChunkGrid.inParts(shape, count);
    Gemm[] parts = new Gemm[count];
    int[] from = new int[count + 1];
    for (int part = 0; part < count; part++) {
      from[part + 1] = (int) ((long) shape.k() * (part + 1) / count);
      parts[part] = Gemm.of(kernels, shape.withK(from[part + 1] - from[part]), grid);
    }
    return new GemmParts(grid, parts, from, shape.ldb());
  }

  /** How many parts each rectangle has. */
  public int parts() {
    return parts.length;
  }

  /** All rectangles of all parts. */
  @Override
  public int chunks() {
    return parts.length * grid.count();
  }

  /** How many floats of scratch {@link #run} needs; each thread brings its own. */
  public int scratchFloats() {
    int floats = 0;
    for (Gemm part : parts) {
      floats = Math.max(floats, part.scratchFloats());
    }
    return floats;
  }

  @Override
  public int rowFrom(int chunk) {
    return grid.rowFrom(chunk % grid.count());
  }

  @Override
  public int rowTo(int chunk) {
    return grid.rowTo(chunk % grid.count());
  }

  @Override
  public int columnFrom(int chunk) {
    return grid.columnFrom(chunk % grid.count());
  }

  @Override
  public int columnTo(int chunk) {
    return grid.columnTo(chunk % grid.count());
  }

  /**
   * Computes one part of one rectangle of C.
   *
   * @param scratch at least {@link #scratchFloats} floats
   */
  public void run(
      int chunk,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] scratch) {
    int part = chunk / grid.count();
    // Only a product that transposes nothing has more than one part.
    parts[part].run(
        chunk % grid.count(),
        a,
        aOffset + from[part],
        b,
        bOffset + from[part] * ldb,
        c,
        cOffset,
        part > 0,
        scratch);
  }
}
