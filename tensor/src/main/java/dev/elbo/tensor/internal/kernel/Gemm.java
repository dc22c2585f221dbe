package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/**
 * {@code C = op(A) op(B)}, or {@code C += op(A) op(B)}, in float32 for one fixed shape.
 *
 * <p>Each element of C is one chain {@code fma(a[i, p], b[p, j], chain)} over ascending p, started
 * from C or from zero: the same bits whatever the backend, the vector width, the blocking or the
 * threads. The output is cut into chunks by shape alone; each may run on any thread, in any order.
 * C must overlap neither A nor B.
 */
public final class Gemm implements MatrixChunks {
  private final GemmShape shape;
  private final ChunkGrid grid;
  private final GemmLoops loops;

  private Gemm(GemmShape shape, ChunkGrid grid, GemmLoops loops) {
    this.shape = shape;
    this.grid = grid;
    this.loops = loops;
  }

  public static Gemm of(GemmKernels kernels, GemmShape shape) {
    return of(kernels, shape, ChunkGrid.of(shape, kernels.leastColumns()));
  }

  static Gemm of(GemmKernels kernels, GemmShape shape, ChunkGrid grid) {
    return new Gemm(shape, grid, kernels.loops(shape, grid.rows(), grid.columns()));
  }

  /** A product of arrays without gaps between their rows. */
  public static Gemm of(
      GemmKernels kernels, boolean transposeA, boolean transposeB, int m, int n, int k) {
    return of(kernels, GemmShape.of(transposeA, transposeB, m, n, k));
  }

  public GemmShape shape() {
    return shape;
  }

  @Override
  public int chunks() {
    return grid.count();
  }

  /** How many floats of scratch {@link #run} needs; each thread brings its own. */
  public int scratchFloats() {
    return loops.scratchFloats();
  }

  @Override
  public int rowFrom(int chunk) {
    return grid.rowFrom(chunk);
  }

  @Override
  public int rowTo(int chunk) {
    return grid.rowTo(chunk);
  }

  @Override
  public int columnFrom(int chunk) {
    return grid.columnFrom(chunk);
  }

  @Override
  public int columnTo(int chunk) {
    return grid.columnTo(chunk);
  }

  /**
   * Computes one chunk of C.
   *
   * @param accumulate whether to add to what C holds instead of replacing it
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
      boolean accumulate,
      float[] scratch) {
    int rowFrom = rowFrom(chunk);
    int rowTo = rowTo(chunk);
    int columnFrom = columnFrom(chunk);
    int columnTo = columnTo(chunk);
    if (shape.k() > 0) {
      loops.run(
          a,
          aOffset,
          b,
          bOffset,
          c,
          cOffset,
          rowFrom,
          rowTo,
          columnFrom,
          columnTo,
          accumulate,
          scratch);
    } else if (!accumulate) {
      for (int i = rowFrom; i < rowTo; i++) {
        int row = cOffset + i * shape.ldc();
        Arrays.fill(c, row + columnFrom, row + columnTo, 0f);
      }
    }
  }
}
