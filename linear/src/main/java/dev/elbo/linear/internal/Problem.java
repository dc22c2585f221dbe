package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Data made ready: {@code X} and {@code y} with their weighted means taken off (when there is an
 * intercept) and each row times {@code sqrt(n w_i / sum(w))}, so that {@code |y - X b|^2 / 2n} is
 * the weighted loss at the best intercept. Sparse and float32 columns are not written out.
 */
public final class Problem {
  private final Design design;
  private final double[] y;
  private final double[] means;
  private final double targetMean;

  private Problem(Design design, double[] y, double[] means, double targetMean) {
    this.design = design;
    this.y = y;
    this.means = means;
    this.targetMean = targetMean;
  }

  /** The inputs stay as they are. */
  public static Problem of(Columns columns, double[] y, double[] weights, boolean intercept) {
    double total = Arrays.stream(weights).sum();
    boolean equal = Arrays.stream(weights).allMatch(weight -> weight == weights[0]);
    double[] scales = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      scales[i] = equal ? 1 : Math.sqrt(weights[i] * y.length / total);
    }
    double[] means = new double[columns.count()];
    double[] ofAll = new double[columns.count()];
    Design design =
        switch (columns) {
          case DenseColumns dense -> {
            double[][] ready = new double[columns.count()][];
            Parallel.each(
                ready.length,
                4L * y.length,
                j -> {
                  double[] column = dense.arrays()[j];
                  means[j] = intercept ? mean(column, weights, total) : 0;
                  ready[j] = intercept || !equal ? ready(column, means[j], scales) : column;
                });
            yield new DenseDesign(ready, y.length);
          }
          case FloatColumns floats when !equal -> {
            double[][] ready = new double[columns.count()][];
            for (int j = 0; j < ready.length; j++) {
              double[] column = floats.toArray(j);
              means[j] = intercept ? mean(column, weights, total) : 0;
              ready[j] = ready(column, means[j], scales);
            }
            yield new DenseDesign(ready, y.length);
          }
          default -> {
            if (intercept) {
              Parallel.each(
                  means.length,
                  columns.cost(0),
                  j -> {
                    means[j] = columns.dot(j, weights) / total;
                    ofAll[j] = means[j] * Math.sqrt(y.length);
                  });
            }
            yield implied(
                columns instanceof SparseColumns sparse && !equal
                    ? sparse.timesRows(scales)
                    : columns,
                scales,
                ofAll,
                intercept);
          }
        };
    double targetMean = intercept ? mean(y, weights, total) : 0;
    return new Problem(design, ready(y, targetMean, scales), means, targetMean);
  }

  private static Design implied(
      Columns columns, double[] scales, double[] ofAll, boolean intercept) {
    int[] all = IntStream.range(0, columns.count()).toArray();
    if (!intercept) {
      return new ImpliedDesign(columns, List.of(), List.of(), all);
    }
    double[] direction = new double[scales.length];
    Vectors.add(1 / Math.sqrt(scales.length), scales, direction);
    return new ImpliedDesign(columns, List.of(direction), List.of(ofAll), all);
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

  /** The prepared columns. */
  public Design design() {
    return design;
  }

  /** Some of the prepared columns, written out. */
  public double[][] columns(int[] features) {
    double[][] chosen = new double[features.length][];
    for (int i = 0; i < features.length; i++) {
      chosen[i] = design.column(features[i]);
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
  public Design.Image residual(double[] coefficients) {
    return LeastSquares.residual(design, y, coefficients);
  }

  /** The intercept that belongs to coefficients. */
  public double intercept(double[] coefficients) {
    return targetMean - Vectors.dot(means, coefficients);
  }
}
