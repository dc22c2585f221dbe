package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * Anderson's extrapolation: the combination of the last iterates, with weights that sum to 1, whose
 * step is the shortest.
 */
final class Anderson {
  private static final int STEPS = 5;

  private final double[][] iterates;
  private int count;

  Anderson(int length) {
    this.iterates = new double[STEPS + 1][length];
  }

  /** Adds an iterate; true when there are enough to extrapolate. */
  boolean add(double[] iterate) {
    iterates[count++] = iterate;
    return count == STEPS + 1;
  }

  /** Begins again with this iterate. */
  void restart(double[] iterate) {
    count = 0;
    add(iterate);
  }

  /** The last iterate where the steps do not determine the weights. */
  double[] extrapolated() {
    double[][] steps = new double[STEPS][];
    for (int k = 0; k < STEPS; k++) {
      steps[k] = iterates[k + 1].clone();
      Vectors.add(-1, iterates[k], steps[k]);
    }
    double[][] products = new double[STEPS][STEPS];
    double trace = 0;
    for (int i = 0; i < STEPS; i++) {
      for (int k = 0; k < STEPS; k++) {
        products[i][k] = Vectors.dot(steps[i], steps[k]);
      }
      trace += products[i][i];
    }
    for (int i = 0; i < STEPS; i++) {
      products[i][i] += 1e-14 * trace;
    }
    Cholesky cholesky = Cholesky.of(products, 0);
    if (!cholesky.isDefinite()) {
      return iterates[STEPS];
    }
    double[] ones = new double[STEPS];
    Arrays.fill(ones, 1);
    double[] weights = cholesky.solve(ones);
    double total = Arrays.stream(weights).sum();
    double[] point = new double[iterates[0].length];
    for (int k = 0; k < STEPS; k++) {
      Vectors.add(weights[k] / total, iterates[k + 1], point);
    }
    return point;
  }
}
