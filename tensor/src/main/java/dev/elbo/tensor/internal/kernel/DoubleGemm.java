package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/**
 * {@code C = op(A) op(B)}, or {@code C += op(A) op(B)}, in float64 for one fixed shape: for
 * gradient checks, so scalar only.
 *
 * <p>Each element of C is one chain {@code fma(a[i, p], b[p, j], chain)} over ascending p, started
 * from C or from zero. C must overlap neither A nor B.
 */
public final class DoubleGemm implements MatrixChunks {
  private static final int LEAST_COLUMNS = 128;

  private final GemmShape shape;
  private final ChunkGrid grid;
  private final int aRow;
  private final int aColumn;
  private final int bRow;
  private final int bColumn;

  private DoubleGemm(GemmShape shape) {
    this.shape = shape;
    grid = ChunkGrid.of(shape, LEAST_COLUMNS);
    aRow = shape.transposeA() ? 1 : shape.lda();
    aColumn = shape.transposeA() ? shape.lda() : 1;
    bRow = shape.transposeB() ? 1 : shape.ldb();
    bColumn = shape.transposeB() ? shape.ldb() : 1;
  }

  public static DoubleGemm of(GemmShape shape) {
    return new DoubleGemm(shape);
  }

  /** A product of arrays without gaps between their rows. */
  public static DoubleGemm of(boolean transposeA, boolean transposeB, int m, int n, int k) {
    return of(GemmShape.of(transposeA, transposeB, m, n, k));
  }

  public GemmShape shape() {
    return shape;
  }

  @Override
  public int chunks() {
    return grid.count();
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
   */
  public void run(
      int chunk,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      boolean accumulate) {
    int columnFrom = columnFrom(chunk);
    int columnTo = columnTo(chunk);
    int rowTo = rowTo(chunk);
    for (int i = rowFrom(chunk); i < rowTo; i++) {
      int row = cOffset + i * shape.ldc();
      if (!accumulate) {
        Arrays.fill(c, row + columnFrom, row + columnTo, 0);
      }
      int aIndex = aOffset + i * aRow;
      int j = columnFrom;
      for (; j + 4 <= columnTo; j += 4) {
        four(a, aIndex, b, bOffset + j * bColumn, c, row + j);
      }
      for (; j < columnTo; j++) {
        one(a, aIndex, b, bOffset + j * bColumn, c, row + j);
      }
    }
  }

  /** Four chains side by side, since each waits for its own last step. */
  private void four(double[] a, int aIndex, double[] b, int bIndex, double[] c, int cIndex) {
    double chain0 = c[cIndex];
    double chain1 = c[cIndex + 1];
    double chain2 = c[cIndex + 2];
    double chain3 = c[cIndex + 3];
    int left = aIndex;
    int right = bIndex;
    for (int p = 0; p < shape.k(); p++) {
      double x = a[left];
      chain0 = Math.fma(x, b[right], chain0);
      chain1 = Math.fma(x, b[right + bColumn], chain1);
      chain2 = Math.fma(x, b[right + 2 * bColumn], chain2);
      chain3 = Math.fma(x, b[right + 3 * bColumn], chain3);
      left += aColumn;
      right += bRow;
    }
    c[cIndex] = chain0;
    c[cIndex + 1] = chain1;
    c[cIndex + 2] = chain2;
    c[cIndex + 3] = chain3;
  }

  private void one(double[] a, int aIndex, double[] b, int bIndex, double[] c, int cIndex) {
    double chain = c[cIndex];
    int left = aIndex;
    int right = bIndex;
    for (int p = 0; p < shape.k(); p++) {
      chain = Math.fma(a[left], b[right], chain);
      left += aColumn;
      right += bRow;
    }
    c[cIndex] = chain;
  }
}
