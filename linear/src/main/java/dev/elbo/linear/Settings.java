package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import java.util.Arrays;
import java.util.Optional;

/** What all estimators can be told; each with-er returns a changed copy. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Settings(
    boolean fitIntercept,
    boolean standardize,
    boolean positive,
    Optional<double[]> lower,
    Optional<double[]> upper,
    Optional<double[]> penaltyFactors,
    double tolerance,
    int maxIterations,
    Optional<LinearModel> warmStart) {
  private static final Optional<double[]> NONE = Optional.empty();

  static final Settings DEFAULT =
      new Settings(true, false, false, NONE, NONE, NONE, 1e-9, 10_000, Optional.empty());

  Settings fitIntercept(boolean value) {
    return new Settings(
        value,
        standardize,
        positive,
        lower,
        upper,
        penaltyFactors,
        tolerance,
        maxIterations,
        warmStart);
  }

  Settings standardize(boolean value) {
    return new Settings(
        fitIntercept,
        value,
        positive,
        lower,
        upper,
        penaltyFactors,
        tolerance,
        maxIterations,
        warmStart);
  }

  Settings positive(boolean value) {
    return new Settings(
        fitIntercept,
        standardize,
        value,
        lower,
        upper,
        penaltyFactors,
        tolerance,
        maxIterations,
        warmStart);
  }

  Settings bounds(double[] low, double[] high) {
    for (int j = 0; j < low.length; j++) {
      requireSide("lower", j, low[j], low[j] <= 0);
    }
    for (int j = 0; j < high.length; j++) {
      requireSide("upper", j, high[j], high[j] >= 0);
    }
    return new Settings(
        fitIntercept,
        standardize,
        positive,
        Optional.of(low.clone()),
        Optional.of(high.clone()),
        penaltyFactors,
        tolerance,
        maxIterations,
        warmStart);
  }

  private static void requireSide(String side, int feature, double value, boolean holdsZero) {
    if (!holdsZero) {
      throw new IllegalArgumentException(
          "bounds: expected a"
              + (side.equals("lower") ? " lower bound of 0 or less" : "n upper bound of 0 or more")
              + " for feature "
              + feature
              + ", received "
              + value
              + ". Bounds must allow 0, where the penalty leads; shift the target by X b instead.");
    }
  }

  Settings penaltyFactors(double[] values) {
    for (int j = 0; j < values.length; j++) {
      if (!(values[j] >= 0)) {
        throw new IllegalArgumentException(
            "penaltyFactors: expected the factor "
                + j
                + " to be 0 or more, received "
                + values[j]
                + ". 0 leaves a feature unpenalised, infinity leaves it out.");
      }
    }
    return new Settings(
        fitIntercept,
        standardize,
        positive,
        lower,
        upper,
        Optional.of(values.clone()),
        tolerance,
        maxIterations,
        warmStart);
  }

  Settings tolerance(double value) {
    Checks.require("tolerance", "a value", value, 0, Double.POSITIVE_INFINITY);
    return new Settings(
        fitIntercept,
        standardize,
        positive,
        lower,
        upper,
        penaltyFactors,
        value,
        maxIterations,
        warmStart);
  }

  Settings maxIterations(int value) {
    Checks.require("maxIterations", "a value", value, 1, Integer.MAX_VALUE);
    return new Settings(
        fitIntercept,
        standardize,
        positive,
        lower,
        upper,
        penaltyFactors,
        tolerance,
        value,
        warmStart);
  }

  Settings warmStart(LinearModel model) {
    return new Settings(
        fitIntercept,
        standardize,
        positive,
        lower,
        upper,
        penaltyFactors,
        tolerance,
        maxIterations,
        Optional.of(model));
  }

  /** One factor a feature: 1 unless told otherwise. */
  double[] factors(String where, int features) {
    return values(penaltyFactors, "penaltyFactors", where, features, 1);
  }

  /** What each coefficient may be. */
  Box box(String where, int features) {
    double[] low = values(lower, "bounds (lower)", where, features, Double.NEGATIVE_INFINITY);
    double[] high = values(upper, "bounds (upper)", where, features, Double.POSITIVE_INFINITY);
    if (positive) {
      Arrays.fill(low, 0);
    }
    return new Box(low, high);
  }

  private static double[] values(
      Optional<double[]> given, String name, String where, int features, double otherwise) {
    double[] values = new double[features];
    Arrays.fill(values, otherwise);
    if (given.isEmpty()) {
      return values;
    }
    double[] own = given.get();
    if (own.length == 1 && !name.equals("penaltyFactors")) {
      Arrays.fill(values, own[0]);
      return values;
    }
    Checks.requireLength(where, name, own.length, features, "feature");
    return own.clone();
  }

  /** Where the solver begins. */
  double[] start(String where, int features) {
    if (warmStart.isEmpty()) {
      return new double[features];
    }
    double[] start = warmStart.get().coefficients();
    Checks.requireLength(where, "warmStart", start.length, features, "feature");
    return start;
  }

  // ---- in words ---------------------------------------------------------------------------------

  /** What l1 is a factor of: {@code |b|_1}, or {@code sum(f_j sd_j |b_j|)}. */
  String sizes() {
    return isPlain() ? "|b|_1" : "sum(" + factor() + (standardize ? "sd_j " : "") + "|b_j|)";
  }

  /** What l2 is a factor of: {@code |b|^2}, or {@code sum(f_j sd_j^2 b_j^2)}. */
  String squares() {
    return isPlain() ? "|b|^2" : "sum(" + factor() + (standardize ? "sd_j^2 " : "") + "b_j^2)";
  }

  /** Of a penalty that is not proportional to its alpha. */
  String sumOf(String name, double alpha, double gamma) {
    String each = isPlain() ? "b" : standardize ? "sd_j b_j" : "b_j";
    String first = factor() + alpha;
    return "sum of " + name + "(" + each + "; alpha " + first + ", gamma " + gamma + ")";
  }

  private boolean isPlain() {
    return !standardize && penaltyFactors.isEmpty();
  }

  private String factor() {
    return penaltyFactors.isPresent() ? "f_j " : "";
  }

  /** What the letters stand for. */
  String legend() {
    return (penaltyFactors.isPresent() ? ", f_j the penalty factors" : "")
        + (standardize ? ", sd_j the standard deviations of the columns" : "");
  }

  /** The settings that are not the default, as code. */
  @Override
  public String toString() {
    return (fitIntercept ? "" : ".fitIntercept(false)")
        + (standardize ? ".standardize(true)" : "")
        + (positive ? ".positive(true)" : "")
        + (lower.isPresent() || upper.isPresent() ? ".bounds(lower, upper)" : "")
        + penaltyFactors.map(factors -> ".penaltyFactors(" + factors.length + " values)").orElse("")
        + (tolerance == DEFAULT.tolerance ? "" : ".tolerance(" + tolerance + ")")
        + (maxIterations == DEFAULT.maxIterations ? "" : ".maxIterations(" + maxIterations + ")")
        + (warmStart.isPresent() ? ".warmStart(model)" : "");
  }
}
