package dev.elbo.tensor.internal.kernel;

/**
 * {@code C[m, n] = op(A)[m, k] op(B)[k, n]} over row-major arrays, where {@code op} transposes a
 * factor whose flag is set.
 *
 * @param transposeA whether A is stored as {@code [k, m]} rather than {@code [m, k]}
 * @param transposeB whether B is stored as {@code [n, k]} rather than {@code [k, n]}
 * @param lda elements from one stored row of A to the next
 * @param ldb elements from one stored row of B to the next
 * @param ldc elements from one row of C to the next
 */
public record GemmShape(
    boolean transposeA, boolean transposeB, int m, int n, int k, int lda, int ldb, int ldc) {

  public GemmShape {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "Gemm: expected m, n and k of 0 or more, received m="
              + m
              + ", n="
              + n
              + ", k="
              + k
              + ".");
    }
    requireStride("lda", lda, transposeA ? m : k, "A");
    requireStride("ldb", ldb, transposeB ? k : n, "B");
    requireStride("ldc", ldc, n, "C");
  }

  /** The shape over arrays without gaps between their rows. */
  public static GemmShape of(boolean transposeA, boolean transposeB, int m, int n, int k) {
    return new GemmShape(
        transposeA, transposeB, m, n, k, transposeA ? m : k, transposeB ? k : n, n);
  }

  /** The same matrices, of which a product takes another number of terms. */
  GemmShape withK(int terms) {
    return new GemmShape(transposeA, transposeB, m, n, terms, lda, ldb, ldc);
  }

  /** Multiplications and additions, each counted as one. */
  public long flops() {
    return 2L * m * n * k;
  }

  /**
   * About how many nanoseconds one core takes: the arithmetic at two thirds of its best rate, and
   * each array once from or to a cache that other cores share.
   */
  public double nanos() {
    double read = (double) m * k + (double) n * k;
    return flops() / 120.0 + 0.1 * read + 0.2 * m * n;
  }

  private static void requireStride(String name, int stride, int width, String array) {
    if (stride < width) {
      throw new IllegalArgumentException(
          "Gemm: expected "
              + name
              + " of at least "
              + width
              + ", the width of "
              + array
              + "'s stored rows, received "
              + stride
              + ".");
    }
  }
}
