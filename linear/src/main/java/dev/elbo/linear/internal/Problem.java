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
  /** From so many values on a sum side by side takes less time than one after the other. */
  private static final int LONG = 1_000;

  private final Design design;
  private final double[] y;
  private final double[] means;
  private final double targetMean;

  /** {@code X'y}, or empty where it was not found on the way. */
  private final double[] ofTarget;

  private final boolean showsSizes;

  private Problem(
      Design design,
      double[] y,
      double[] means,
      double targetMean,
      double[] ofTarget,
      boolean showsSizes) {
    this.design = design;
    this.y = y;
    this.means = means;
    this.targetMean = targetMean;
    this.ofTarget = ofTarget;
    this.showsSizes = showsSizes;
  }

  /** The inputs stay as they are. */
  public static Problem of(Columns columns, double[] y, double[] weights, boolean intercept) {
    double total = Arrays.stream(weights).sum();
    boolean equal = Arrays.stream(weights).allMatch(weight -> weight == weights[0]);
    double[] scales = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      scales[i] = equal ? 1 : Math.sqrt(weights[i] * y.length / total);
    }
    double[] target = new double[y.length];
    double targetMean = intercept ? mean(y, weights, total, target) : 0;
    ready(y, targetMean, scales, target);
    double[] means = new double[columns.count()];
    double[] ofTarget = new double[columns instanceof DenseColumns ? columns.count() : 0];
    double[] ofAll = new double[columns.count()];
    Design design =
        switch (columns) {
          case DenseColumns dense -> {
            double[][] ready = new double[columns.count()][];
            double[] squares = new double[ready.length];
            Parallel.each(
                ready.length,
                4L * y.length,
                j -> {
                  double[] column = dense.arrays()[j];
                  double[] own = intercept || !equal ? new double[y.length] : column;
                  means[j] = intercept ? mean(column, weights, total, own) : 0;
                  if (intercept || !equal) {
                    ready(column, means[j], scales, own);
                  }
                  ready[j] = own;
                  squares[j] = Vectors.dot(own, own); // while it is in the nearest cache
                  ofTarget[j] = Vectors.dot(own, target);
                });
            yield new DenseDesign(ready, y.length, squares);
          }
          case FloatColumns floats when !equal -> {
            double[][] ready = new double[columns.count()][];
            for (int j = 0; j < ready.length; j++) {
              double[] column = floats.toArray(j);
              ready[j] = new double[y.length];
              means[j] = intercept ? mean(column, weights, total, ready[j]) : 0;
              ready(column, means[j], scales, ready[j]);
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
    boolean showsSizes = equal && columns instanceof DenseColumns;
    return new Problem(design, target, means, targetMean, ofTarget, showsSizes);
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

  /**
   * Exact for constants, so that their columns become zeros: differences are from the first value,
   * and then from the mean. Of few values the sums are one by one.
   *
   * @param differences is written over
   */
  private static double mean(
      double[] values, double[] weights, double total, double[] differences) {
    double mean = values[0];
    if (values.length >= LONG) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < values.length; i++) {
          differences[i] = values[i] - mean;
        }
        mean += Vectors.dot(weights, differences) / total;
      }
      return mean;
    }
    for (int round = 0; round < 2; round++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += weights[i] * (values[i] - mean);
      }
      mean += sum / total;
    }
    return mean;
  }

  private static void ready(double[] values, double mean, double[] scales, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (values[i] - mean) * scales[i];
    }
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

  /**
   * Whether what is known of a column proves that the largest size of its values is from least to
   * most, so that nobody need look. Its mean and its deviation are at most that, and their sum with
   * {@code sqrt(n)} deviations at least; a factor of 2 or more is left to rounding.
   */
  public boolean hasSizes(int column, double least, double most) {
    double mean = Math.abs(means[column]);
    double length = Math.sqrt(design.squares(column));
    boolean isLarge = mean >= 2 * least || length / Math.sqrt(y.length) >= 4 * least;
    return showsSizes && isLarge && mean + length <= most / 2;
  }

  /**
   * The loss, with {@code X'y} where that was found on the way.
   *
   * @param exact as for {@link LeastSquares}
   */
  public LeastSquares leastSquares(boolean exact) {
    return new LeastSquares(design, y, y.length, exact, ofTarget);
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
