package dev.elbo.linear.internal;

import java.util.stream.IntStream;

/**
 * {@code min |y - X b|^2 / 2n + l2 / 2 sum_j f_j b_j^2} for any number of l2 from one
 * decomposition: of {@code Z'Z / n} or of {@code Z Z' / n}, whichever is smaller, Z being X with
 * its columns over the roots of f.
 */
public final class RidgePath {
  private static final int REFINEMENTS = 2;

  private final Design design;
  private final double[] y;
  private final double[] factors;
  private final boolean isPrimal;
  private final SymmetricEigen eigen;

  /**
   * @param factors one a feature, all positive
   */
  public RidgePath(Design design, double[] y, double[] factors) {
    this.design = design;
    this.y = y;
    this.factors = factors;
    int n = y.length;
    this.isPrimal = factors.length <= n;
    double[][] system;
    if (isPrimal) {
      int[] all = IntStream.range(0, factors.length).toArray();
      system = design.products(all, all);
      for (int j : all) {
        for (int k : all) {
          system[j][k] /= n * Math.sqrt(factors[j] * factors[k]);
        }
      }
    } else {
      double[][] rows = new double[n][factors.length];
      for (int j = 0; j < factors.length; j++) {
        double[] column = design.column(j);
        for (int i = 0; i < n; i++) {
          rows[i][j] = column[i] / Math.sqrt(n * factors[j]);
        }
      }
      int[] all = IntStream.range(0, n).toArray();
      system = new DenseDesign(rows, factors.length).products(all, all);
    }
    for (int j = 0; j < system.length; j++) {
      for (int k = 0; k < j; k++) {
        system[k][j] = system[j][k];
      }
    }
    this.eigen = new SymmetricEigen(system);
  }

  /** The minimum for one l2, refined against the data itself. */
  public double[] solve(double l2) {
    double[] b = new double[factors.length];
    for (int round = 0; round <= REFINEMENTS; round++) {
      Design.Image residual = LeastSquares.residual(design, y, b);
      double[] gradient = new double[b.length];
      for (int j = 0; j < b.length; j++) {
        gradient[j] = (residual.dot(j) / y.length - l2 * factors[j] * b[j]) / Math.sqrt(factors[j]);
      }
      double[] step = isPrimal ? inverse(gradient, l2) : inverseBySamples(gradient, l2);
      for (int j = 0; j < b.length; j++) {
        b[j] += step[j] / Math.sqrt(factors[j]);
      }
    }
    return b;
  }

  /** {@code (S + l2)^-1 g} */
  private double[] inverse(double[] g, double l2) {
    double[] z = eigen.toBasis(g);
    for (int k = 0; k < z.length; k++) {
      z[k] /= Math.max(eigen.values()[k], 0) + l2;
    }
    return eigen.fromBasis(z);
  }

  /** {@code (Z'Z / n + l2)^-1 g = (g - Z' (Z Z' / n + l2)^-1 Z g / n) / l2} */
  private double[] inverseBySamples(double[] g, double l2) {
    Design.Image image = design.image(new double[y.length]);
    for (int j = 0; j < g.length; j++) {
      image.add(g[j] / Math.sqrt(factors[j]), j);
    }
    double[] a = inverse(image.values(), l2);
    Design.Image back = design.image(a);
    double[] result = new double[g.length];
    for (int j = 0; j < g.length; j++) {
      result[j] = (g[j] - back.dot(j) / (y.length * Math.sqrt(factors[j]))) / l2;
    }
    return result;
  }
}
