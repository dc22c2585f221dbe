package dev.elbo.linear.internal;

/** {@code min |y - X b|^2 / 2n + sum_j l2_j / 2 b_j^2}, all l2 positive, in closed form. */
public final class RidgeSystem {
  private static final int REFINEMENTS = 2;

  private RidgeSystem() {}

  /** The minimum, from a p x p system or an n x n one, whichever is smaller. */
  public static double[] solve(double[][] columns, double[] y, double[] l2) {
    return columns.length <= y.length ? primal(columns, y, l2) : dual(columns, y, l2);
  }

  /** {@code (X'X / n + diag(l2)) b = X'y / n} */
  static double[] primal(double[][] columns, double[] y, double[] l2) {
    int p = columns.length;
    double[][] system = new double[p][p];
    double[] target = new double[p];
    for (int j = 0; j < p; j++) {
      for (int k = 0; k <= j; k++) {
        system[j][k] = Vectors.dot(columns[j], columns[k]) / y.length;
        system[k][j] = system[j][k];
      }
      system[j][j] += l2[j];
      target[j] = Vectors.dot(columns[j], y) / y.length;
    }
    Cholesky cholesky = Cholesky.of(system, 0);
    return cholesky.isDefinite() ? refined(cholesky, system, target) : augmented(columns, y, l2);
  }

  /**
   * With {@code Z = X diag(l2)^-1/2}: {@code (Z Z' / n + I) a = y} and {@code b = diag(l2)^-1/2 Z'a
   * / n}.
   */
  static double[] dual(double[][] columns, double[] y, double[] l2) {
    int n = y.length;
    double[][] rows = new double[n][columns.length];
    for (int j = 0; j < columns.length; j++) {
      double scale = 1 / Math.sqrt(l2[j]);
      for (int i = 0; i < n; i++) {
        rows[i][j] = columns[j][i] * scale;
      }
    }
    double[][] system = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        system[i][k] = Vectors.dot(rows[i], rows[k]) / n;
        system[k][i] = system[i][k];
      }
      system[i][i] += 1;
    }
    Cholesky cholesky = Cholesky.of(system, 0);
    if (!cholesky.isDefinite()) {
      return augmented(columns, y, l2);
    }
    double[] a = refined(cholesky, system, y);
    double[] b = new double[columns.length];
    for (int j = 0; j < b.length; j++) {
      b[j] = Vectors.dot(columns[j], a) / (n * l2[j]);
    }
    return b;
  }

  private static double[] refined(Cholesky cholesky, double[][] system, double[] target) {
    double[] x = cholesky.solve(target);
    for (int round = 0; round < REFINEMENTS; round++) {
      double[] rest = new double[target.length];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = target[i] - Vectors.dot(system[i], x);
      }
      Vectors.add(1, cholesky.solve(rest), x);
    }
    return x;
  }

  /**
   * Least squares with a row {@code sqrt(n l2_j)} a coefficient: slower, and no square of X is
   * taken.
   */
  private static double[] augmented(double[][] columns, double[] y, double[] l2) {
    int n = y.length;
    double[][] longer = new double[columns.length][n + columns.length];
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(columns[j], 0, longer[j], 0, n);
      longer[j][n + j] = Math.sqrt(n * l2[j]);
    }
    double[] target = new double[n + columns.length];
    System.arraycopy(y, 0, target, 0, n);
    return Basis.of(longer).leastSquares(target);
  }
}
