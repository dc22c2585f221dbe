package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * Anderson's extrapolation: the combination of the last iterates, with weights that sum to 1, whose
 * step is the shortest.
 */
final class Anderson {
  static final int STEPS = 5;

  private final double[][] iterates = new double[STEPS + 1][];
  private final double[][] companions = new double[STEPS + 1][];
  private int count;

  /**
   * Adds an iterate and what is affine in it; true when there are enough to extrapolate. Both are
   * kept.
   */
  boolean add(double[] iterate, double[] companion) {
    iterates[count] = iterate;
    companions[count++] = companion;
    return count == STEPS + 1;
  }

  /** Begins again with this iterate. */
  void restart(double[] iterate, double[] companion) {
    count = 0;
    add(iterate, companion);
  }

  /** The weights of the iterates after the first; empty where the steps do not determine them. */
  double[] weights() {
    double[][] steps = new double[STEPS][];
    for (int k = 0; k < STEPS; k++) {
      steps[k] = iterates[k + 1].clone();
      Vectors.add(-1, iterates[k], steps[k]);
    }
    double[][] products = new double[STEPS][STEPS];
    double trace = 0;
    for (int i = 0; i < STEPS; i++) {
      for (int k = 0; k <= i; k++) {
        products[i][k] = Vectors.dot(steps[i], steps[k]);
        products[k][i] = products[i][k];
      }
      trace += products[i][i];
    }
    for (int i = 0; i < STEPS; i++) {
      products[i][i] += 1e-14 * trace;
    }
    Cholesky cholesky = Cholesky.of(products, 0);
    if (!cholesky.isDefinite()) {
      return new double[0];
    }
    double[] weights = cholesky.solve(Vectors.ones(STEPS));
    double total = Arrays.stream(weights).sum();
    for (int k = 0; k < STEPS; k++) {
      weights[k] /= total;
    }
    return weights;
  }

  double[] iterate(double[] weights) {
    return combination(weights, iterates);
  }

  double[] companion(double[] weights) {
    return combination(weights, companions);
  }

  private static double[] combination(double[] weights, double[][] of) {
    double[] point = new double[of[0].length];
    for (int k = 0; k < STEPS; k++) {
      Vectors.add(weights[k], of[k + 1], point);
    }
    return point;
  }
}
