package dev.elbo.linear.internal;

/**
 * Data made ready: {@code X} and {@code y} with their weighted means taken off (when there is an
 * intercept) and each row times {@code sqrt(n w_i / sum(w))}, so that {@code |y - X b|^2 / 2n} is
 * the weighted loss at the best intercept.
 */
public final class Problem {
  /** What is left of a column when others are projected out is rounding below this part of it. */
  private static final double ROUNDING = 1e-13;

  private final double[][] columns;
  private final double[] y;
  private final double[] means;
  private final double targetMean;

  private Problem(double[][] columns, double[] y, double[] means, double targetMean) {
    this.columns = columns;
    this.y = y;
    this.means = means;
    this.targetMean = targetMean;
  }

  /** Copies; the inputs stay as they are. */
  public static Problem of(double[][] columns, double[] y, double[] weights, boolean intercept) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] scales = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      scales[i] = Math.sqrt(weights[i] * y.length / total);
    }
    double[] means = new double[columns.length];
    double[][] ready = new double[columns.length][];
    for (int j = 0; j < columns.length; j++) {
      means[j] = intercept ? mean(columns[j], weights, total) : 0;
      ready[j] = ready(columns[j], means[j], scales);
    }
    double targetMean = intercept ? mean(y, weights, total) : 0;
    return new Problem(ready, ready(y, targetMean, scales), means, targetMean);
  }

  /** Exact for constants, so that their columns become zeros. */
  private static double mean(double[] values, double[] weights, double total) {
    double mean = values[0];
    for (int round = 0; round < 2; round++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += weights[i] * (values[i] - mean);
      }
      mean += sum / total;
    }
    return mean;
  }

  private static double[] ready(double[] values, double mean, double[] scales) {
    double[] ready = new double[values.length];
    for (int i = 0; i < ready.length; i++) {
      ready[i] = (values[i] - mean) * scales[i];
    }
    return ready;
  }

  /** The prepared columns, not copied. */
  public double[][] columns() {
    return columns;
  }

  /** Some of the prepared columns. */
  public double[][] columns(int[] features) {
    double[][] chosen = new double[features.length][];
    for (int i = 0; i < features.length; i++) {
      chosen[i] = columns[features[i]];
    }
    return chosen;
  }

  /** The prepared target, not copied. */
  public double[] y() {
    return y;
  }

  /** {@code |y|^2 / n}, to which tolerances are relative. */
  public double scale() {
    return Vectors.dot(y, y) / y.length;
  }

  /** {@code y - X b}, prepared. */
  public double[] residual(double[] coefficients) {
    return new LeastSquares(columns, y).residual(coefficients);
  }

  /** The intercept that belongs to coefficients. */
  public double intercept(double[] coefficients) {
    return targetMean - Vectors.dot(means, coefficients);
  }

  /** Columns without what the basis reaches: zeros where rounding alone is left. */
  public static double[][] project(double[][] columns, Basis basis) {
    double[][] left = new double[columns.length][];
    for (int j = 0; j < columns.length; j++) {
      left[j] = basis.residual(columns[j]);
      if (Vectors.norm(left[j]) <= ROUNDING * Vectors.norm(columns[j])) {
        left[j] = new double[columns[j].length];
      }
    }
    return left;
  }
}
