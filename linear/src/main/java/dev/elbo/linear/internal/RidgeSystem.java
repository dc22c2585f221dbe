package dev.elbo.linear.internal;

import java.util.stream.IntStream;

/** {@code min |y - X b|^2 / 2n + sum_j l2_j / 2 b_j^2}, all l2 positive, in closed form. */
public final class RidgeSystem {
  private static final int REFINEMENTS = 2;

  private RidgeSystem() {}

  /** The minimum, from a p x p system or an n x n one, whichever is smaller. */
  public static double[] solve(Design design, double[] y, double[] l2) {
    return design.features() <= y.length ? primal(design, y, l2) : dual(design, y, l2);
  }

  /** {@code (X'X / n + diag(l2)) b = X'y / n} */
  static double[] primal(Design design, double[] y, double[] l2) {
    int[] all = IntStream.range(0, design.features()).toArray();
    double[][] system = design.products(all, all);
    double[] target = new double[all.length];
    Design.Image image = design.image(y);
    for (int j : all) {
      for (int k = 0; k < j; k++) {
        system[j][k] /= y.length;
        system[k][j] = system[j][k];
      }
      system[j][j] = system[j][j] / y.length + l2[j];
      target[j] = image.dot(j) / y.length;
    }
    Cholesky cholesky = Cholesky.of(system, 0);
    return cholesky.isDefinite() ? refined(cholesky, system, target) : augmented(design, y, l2);
  }

  /**
   * With {@code Z = X diag(l2)^-1/2}: {@code (Z Z' / n + I) a = y} and {@code b = diag(l2)^-1/2 Z'a
   * / n}.
   */
  static double[] dual(Design design, double[] y, double[] l2) {
    int n = y.length;
    double[][] rows = new double[n][l2.length];
    for (int j = 0; j < l2.length; j++) {
      double scale = 1 / Math.sqrt(l2[j]);
      double[] column = design.column(j);
      for (int i = 0; i < n; i++) {
        rows[i][j] = column[i] * scale;
      }
    }
    int[] all = IntStream.range(0, n).toArray();
    double[][] system = new DenseDesign(rows, l2.length).products(all, all);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        system[i][k] /= n;
        system[k][i] = system[i][k];
      }
      system[i][i] = system[i][i] / n + 1;
    }
    Cholesky cholesky = Cholesky.of(system, 0);
    if (!cholesky.isDefinite()) {
      return augmented(design, y, l2);
    }
    Design.Image image = design.image(refined(cholesky, system, y));
    double[] b = new double[l2.length];
    for (int j = 0; j < b.length; j++) {
      b[j] = image.dot(j) / (n * l2[j]);
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
  private static double[] augmented(Design design, double[] y, double[] l2) {
    int n = y.length;
    double[][] longer = new double[l2.length][n + l2.length];
    for (int j = 0; j < l2.length; j++) {
      System.arraycopy(design.column(j), 0, longer[j], 0, n);
      longer[j][n + j] = Math.sqrt(n * l2[j]);
    }
    double[] target = new double[n + l2.length];
    System.arraycopy(y, 0, target, 0, n);
    return Basis.of(longer).leastSquares(target);
  }
}
