package dev.elbo.linear;

import dev.elbo.linear.internal.Parallel;
import dev.elbo.linear.internal.Problem;
import dev.elbo.linear.internal.Vectors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What data and settings must be before a model is fitted. */
final class Checks {
  /** Products of four values as large as this, summed over all samples, stay below 1.8e308. */
  private static final double LARGEST = 1e75;

  /** Where no value is as large as this, products of four of them are lost. */
  private static final double SMALLEST = 1e-75;

  private Checks() {}

  /** What data must be to be compared with predictions. */
  static void requireData(String where, Matrix x, double[] y, double[] weights) {
    requireLengths(where, x, y, weights);
    checked(where, x, y, weights, j -> false);
  }

  /** What data must be to be fitted: its squares, and theirs, must not vanish either. */
  static void requireTraining(String where, Matrix x, double[] y, double[] weights) {
    requireLengths(where, x, y, weights);
    requireTraining(where, x, y, weights, j -> false);
  }

  /** The same after {@link #requireLengths}, where the data was made ready already. */
  static void requireTraining(
      String where, Matrix x, double[] y, double[] weights, Problem problem) {
    requireTraining(where, x, y, weights, j -> problem.hasSizes(j, SMALLEST, LARGEST));
  }

  /**
   * @param isProven whether a column need not be looked at
   */
  private static void requireTraining(
      String where, Matrix x, double[] y, double[] weights, IntPredicate isProven) {
    double[] largest = checked(where, x, y, weights, isProven);
    for (int j = 0; j < largest.length; j++) {
      if (isLost(largest[j])) {
        requireNoLoss(where, "column " + j + " of x", largest[j]);
      }
    }
    requireNoLoss(where, "y", Vectors.largest(y));
  }

  /** Data of one shape, with a sample and a feature. */
  static void requireLengths(String where, Matrix x, double[] y, double[] weights) {
    if (x.rows() == 0 || x.columns() == 0) {
      throw new IllegalArgumentException(
          where
              + ": expected at least one sample and one feature, received x of shape ("
              + x.rows()
              + ", "
              + x.columns()
              + "). Check that the data was read.");
    }
    requireLength(where, "y", y.length, x.rows(), "sample");
    requireLength(where, "sampleWeight", weights.length, x.rows(), "sample");
  }

  /** The largest size of a value of each column, 0 of one that is proven. */
  private static double[] checked(
      String where, Matrix x, double[] y, double[] weights, IntPredicate isProven) {
    int[] open = IntStream.range(0, x.columns()).filter(isProven.negate()).toArray();
    double[] largest = new double[x.columns()];
    Parallel.each(open.length, x.rows(), i -> largest[open[i]] = x.values().largest(open[i]));
    for (int j = 0; j < largest.length; j++) {
      if (!(largest[j] <= LARGEST)) {
        double[] column = x.column(j);
        for (int i = 0; i < column.length; i++) {
          requireSize(where, "x at row " + i + ", column " + j, column[i]);
        }
      }
    }
    if (!(Vectors.largest(y) <= LARGEST)) {
      for (int i = 0; i < y.length; i++) {
        requireSize(where, "y at row " + i, y[i]);
      }
    }
    requireWeights(where, weights);
    return largest;
  }

  private static void requireWeights(String where, double[] weights) {
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(Math.abs(weights[i]) <= LARGEST)) {
        requireSize(where, "sampleWeight at row " + i, weights[i]);
      }
      if (weights[i] < 0) {
        throw new IllegalArgumentException(
            where
                + ": expected weights of 0 or more, received "
                + weights[i]
                + " in sampleWeight at row "
                + i
                + ". A weight says how often a sample counts; 0 leaves it out.");
      }
      total += weights[i];
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          where + ": expected a positive weight, received zeros only. Weight at least one sample.");
    }
  }

  private static void requireSize(String where, String place, double value) {
    requireFinite(where, place, value);
    if (Math.abs(value) > LARGEST) {
      throw new IllegalArgumentException(
          where
              + ": expected values of size "
              + LARGEST
              + " at most, received "
              + value
              + " in "
              + place
              + ". Their products leave float64: write them in a larger unit.");
    }
  }

  private static boolean isLost(double largest) {
    return largest > 0 && largest < SMALLEST;
  }

  /** All zeros will do. */
  private static void requireNoLoss(String where, String place, double largest) {
    if (isLost(largest)) {
      throw new IllegalArgumentException(
          where
              + ": expected zeros only or a value of size "
              + SMALLEST
              + " or more in "
              + place
              + ", received none larger than "
              + largest
              + ". Their products vanish in float64: write them in a smaller unit.");
    }
  }

  private static void requireFinite(String where, String place, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          where
              + ": expected finite values, received "
              + value
              + " in "
              + place
              + ". Leave the row out, or fill in a value such as the column's median.");
    }
  }

  static void requireLength(String where, String name, int length, int expected, String of) {
    if (length != expected) {
      throw new IllegalArgumentException(
          where
              + ": expected one value a "
              + of
              + " in "
              + name
              + ", "
              + expected
              + " in all, received "
              + length
              + ". Check that x and "
              + name
              + " come from the same data.");
    }
  }

  /** Checks a number of a setting, which is never infinite. */
  static double require(String where, String name, double value, double least, double most) {
    if (!(value >= least && value <= most) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          where
              + ": expected "
              + name
              + (most == Double.POSITIVE_INFINITY
                  ? " of " + least + " or more"
                  : " between " + least + " and " + most)
              + ", received "
              + value
              + ".");
    }
    return value;
  }
}
