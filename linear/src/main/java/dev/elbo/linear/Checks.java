package dev.elbo.linear;

import dev.elbo.linear.internal.Parallel;

/** What data and settings must be before a model is fitted. */
final class Checks {
  private Checks() {}

  static void requireData(String where, Matrix x, double[] y, double[] weights) {
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
    int[] firsts = new int[x.columns()];
    Parallel.each(firsts.length, x.rows(), j -> firsts[j] = x.values().firstNotFinite(j));
    for (int j = 0; j < firsts.length; j++) {
      if (firsts[j] >= 0) {
        requireFinite(where, "x at row " + firsts[j] + ", column " + j, x.column(j)[firsts[j]]);
      }
    }
    for (int i = 0; i < y.length; i++) {
      requireFinite(where, "y at row " + i, y[i]);
    }
    requireWeights(where, weights);
  }

  private static void requireWeights(String where, double[] weights) {
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      requireFinite(where, "sampleWeight at row " + i, weights[i]);
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
