package dev.elbo.linear;

import java.util.Arrays;

/**
 * {@code sum(w loss(y, x b + c)) / sum(w) + sum(l1_j |b_j| + l2_j / 2 b_j^2)} from its formulas,
 * apart from the solvers.
 *
 * @param sigma the scale of Huber's residuals
 */
record Objective(
    FeaturewiseEstimator<?> estimator,
    Matrix x,
    double[] y,
    double[] weights,
    double[] l1,
    double[] l2,
    double sigma) {
  private static final double EPSILON = 1.35;

  /** With plain penalties. */
  static Objective of(FeaturewiseEstimator<?> estimator, Matrix x, double[] y, double[] weights) {
    double[] ones = new double[x.columns()];
    Arrays.fill(ones, 1);
    return of(estimator, x, y, weights, ones, false);
  }

  /** With penalty factors, and in units of the columns' deviations. */
  static Objective of(
      FeaturewiseEstimator<?> estimator,
      Matrix x,
      double[] y,
      double[] weights,
      double[] factors,
      boolean standardize) {
    Strength strength = estimator.strength(Arrays.stream(weights).sum());
    double[] l1 = new double[factors.length];
    double[] l2 = new double[factors.length];
    for (int j = 0; j < factors.length; j++) {
      double unit = standardize ? deviation(x.column(j), weights) : 1;
      l1[j] = strength.l1() * factors[j] * unit;
      l2[j] = strength.l2() * factors[j] * unit * unit;
    }
    return new Objective(estimator, x, y, weights, l1, l2, 1);
  }

  Objective huberScale(double sigma) {
    return new Objective(estimator, x, y, weights, l1, l2, sigma);
  }

  private static double deviation(double[] column, double[] weights) {
    double total = 0;
    double mean = 0;
    for (int i = 0; i < column.length; i++) {
      total += weights[i];
      mean += weights[i] * column[i];
    }
    mean /= total;
    double squares = 0;
    for (int i = 0; i < column.length; i++) {
      squares += weights[i] * (column[i] - mean) * (column[i] - mean);
    }
    return Math.sqrt(squares / total);
  }

  /** The mean loss of coefficients and an intercept, with the penalty. */
  double at(double[] b, double intercept) {
    double[] eta = x.times(b, intercept);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] * loss(y[i], eta[i]);
    }
    double value = sum / Arrays.stream(weights).sum();
    for (int j = 0; j < b.length; j++) {
      value += l1[j] * Math.abs(b[j]) + l2[j] / 2 * b[j] * b[j];
    }
    return value;
  }

  /** The value where all is 0, to which differences are relative. */
  double scale() {
    return Math.abs(at(new double[x.columns()], 0));
  }

  private double loss(double value, double eta) {
    return switch (estimator) {
      case LogisticRegression _ ->
          Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - value * eta;
      case PoissonRegression _ -> Math.exp(eta) - value * eta;
      case HuberRegression _ -> {
        double z = Math.abs(value - eta) / sigma;
        yield sigma * (1 + (z <= EPSILON ? z * z : 2 * EPSILON * z - EPSILON * EPSILON));
      }
      default -> (value - eta) * (value - eta) / 2;
    };
  }
}
