package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * How far the coefficients of a fit of least squares can be from the minimum's: {@code sqrt(2 gap /
 * lambda_min)}, lambda_min the smallest eigenvalue of {@code X_S'X_S / n + l2} and S the features
 * that are not proven to be 0. On these the objective is strongly convex with lambda_min, whatever
 * the convex penalty beside it, and so at least {@code lambda_min / 2 |b - b*|^2} above its
 * minimum.
 */
public final class Radius {
  /** The smallest eigenvalue of more features than this takes longer than most fits. */
  private static final int MOST_FEATURES = 400;

  private Radius() {}

  /**
   * The radius; infinite where it is not known.
   *
   * @param gap the duality gap, NaN where there is none
   * @param l2 of each feature of S
   * @param rows how many samples there are
   * @param gram {@code X_S'X_S / n}, to be had only when asked for
   */
  public static double of(double gap, double[] l2, int rows, Supplier<double[][]> gram) {
    if (Double.isNaN(gap)) {
      return Double.POSITIVE_INFINITY;
    }
    if (l2.length == 0) {
      return 0;
    }
    double bound = Arrays.stream(l2).min().orElse(0);
    if (l2.length <= MOST_FEATURES && (bound > 0 || l2.length <= rows)) {
      double[][] system = gram.get();
      for (int i = 0; i < l2.length; i++) {
        system[i][i] += l2[i];
      }
      bound = Math.max(bound, Cholesky.smallestEigenvalueBound(system));
    }
    return bound > 0 ? Math.sqrt(2 * gap / bound) : Double.POSITIVE_INFINITY;
  }
}
