package dev.elbo.linear;

import java.util.Arrays;
import java.util.Optional;

/** What all estimators can be told; each with-er returns a changed copy. */
final class Settings {
  static final Settings DEFAULT =
      new Settings(true, false, Optional.empty(), 1e-9, 10_000, Optional.empty());

  final boolean fitIntercept;
  final boolean positive;
  private final Optional<double[]> penaltyFactors;
  final double tolerance;
  final int maxIterations;
  final Optional<LinearModel> warmStart;

  private Settings(
      boolean fitIntercept,
      boolean positive,
      Optional<double[]> penaltyFactors,
      double tolerance,
      int maxIterations,
      Optional<LinearModel> warmStart) {
    this.fitIntercept = fitIntercept;
    this.positive = positive;
    this.penaltyFactors = penaltyFactors;
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
    this.warmStart = warmStart;
  }

  Settings fitIntercept(boolean value) {
    return new Settings(value, positive, penaltyFactors, tolerance, maxIterations, warmStart);
  }

  Settings positive(boolean value) {
    return new Settings(fitIntercept, value, penaltyFactors, tolerance, maxIterations, warmStart);
  }

  Settings penaltyFactors(double[] values) {
    for (int j = 0; j < values.length; j++) {
      Checks.require("penaltyFactors", "the factor " + j, values[j], 0, Double.POSITIVE_INFINITY);
    }
    return new Settings(
        fitIntercept, positive, Optional.of(values.clone()), tolerance, maxIterations, warmStart);
  }

  Settings tolerance(double value) {
    Checks.require("tolerance", "a value", value, 0, Double.POSITIVE_INFINITY);
    return new Settings(fitIntercept, positive, penaltyFactors, value, maxIterations, warmStart);
  }

  Settings maxIterations(int value) {
    Checks.require("maxIterations", "a value", value, 1, Integer.MAX_VALUE);
    return new Settings(fitIntercept, positive, penaltyFactors, tolerance, value, warmStart);
  }

  Settings warmStart(LinearModel model) {
    return new Settings(
        fitIntercept, positive, penaltyFactors, tolerance, maxIterations, Optional.of(model));
  }

  /** One factor a feature: 1 unless told otherwise. */
  double[] factors(String where, int features) {
    if (penaltyFactors.isEmpty()) {
      double[] ones = new double[features];
      Arrays.fill(ones, 1);
      return ones;
    }
    double[] factors = penaltyFactors.get();
    Checks.requireLength(where, "penaltyFactors", factors.length, features, "feature");
    return factors.clone();
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

  /** The settings that are not the default, as code. */
  @Override
  public String toString() {
    return (fitIntercept ? "" : ".fitIntercept(false)")
        + (positive ? ".positive(true)" : "")
        + penaltyFactors.map(factors -> ".penaltyFactors(" + factors.length + " values)").orElse("")
        + (tolerance == DEFAULT.tolerance ? "" : ".tolerance(" + tolerance + ")")
        + (maxIterations == DEFAULT.maxIterations ? "" : ".maxIterations(" + maxIterations + ")")
        + (warmStart.isPresent() ? ".warmStart(model)" : "");
  }
}
