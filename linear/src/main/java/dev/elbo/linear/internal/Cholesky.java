package dev.elbo.linear.internal;

/** {@code A - shift I = L L'}, of a symmetric A. */
public final class Cholesky {
  private static final int BISECTIONS = 8;

  private final double[][] lower;
  private final boolean definite;

  private Cholesky(double[][] lower, boolean definite) {
    this.lower = lower;
    this.definite = definite;
  }

  /** Factorises; only A's lower half is read. */
  public static Cholesky of(double[][] a, double shift) {
    int n = a.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      lower[i] = new double[i + 1];
      for (int k = 0; k <= i; k++) {
        double sum = a[i][k] - (i == k ? shift : 0);
        for (int m = 0; m < k; m++) {
          sum -= lower[i][m] * lower[k][m];
        }
        if (i != k) {
          lower[i][k] = sum / lower[k][k];
        } else if (sum > n * Math.ulp(a[i][i])) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          return new Cholesky(lower, false);
        }
      }
    }
    return new Cholesky(lower, true);
  }

  /**
   * Whether all pivots are positive by more than rounding; otherwise there is nothing to solve
   * with.
   */
  public boolean isDefinite() {
    return definite;
  }

  /** The x with {@code A x = b}. */
  public double[] solve(double[] b) {
    int n = b.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int m = 0; m < i; m++) {
        x[i] -= lower[i][m] * x[m];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= lower[i][i];
      for (int m = 0; m < i; m++) {
        x[m] -= lower[i][m] * x[i];
      }
    }
    return x;
  }

  /**
   * A value that the smallest eigenvalue is not below, 0 when A is singular. Each candidate is
   * proven by a factorisation: {@code A - shift I} has one exactly when all eigenvalues exceed the
   * shift.
   */
  public static double smallestEigenvalueBound(double[][] a) {
    double high = Double.POSITIVE_INFINITY;
    double trace = 0;
    for (int i = 0; i < a.length; i++) {
      high = Math.min(high, a[i][i]);
      trace += a[i][i];
    }
    double low = high;
    while (!of(a, low).isDefinite()) {
      high = low;
      low /= 4;
      if (!(low > 1e-14 * trace)) {
        return 0;
      }
    }
    for (int i = 0; i < BISECTIONS && high > low * 1.05; i++) {
      double middle = Math.sqrt(low * high);
      if (of(a, middle).isDefinite()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
