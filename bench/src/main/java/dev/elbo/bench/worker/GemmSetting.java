package dev.elbo.bench.worker;

/**
 * {@code C[m, n] = op(A) op(B)}, row-major float32 without gaps; A and B are {@link
 * SharedArrays#uniform} with seeds 1 and 2.
 *
 * @param threads how many threads work
 */
public record GemmSetting(
    boolean transposeA, boolean transposeB, int m, int k, int n, int threads) {

  /** Such as {@code 784x32x128 (A^T B)}: M, K and N. */
  public String label() {
    String factors =
        transposeA && transposeB
            ? " (A^T B^T)"
            : transposeA ? " (A^T B)" : transposeB ? " (A B^T)" : "";
    return m + "x" + k + "x" + n + factors;
  }

  /** {@code 2 m n k} */
  public double operations() {
    return 2.0 * m * n * k;
  }
}
