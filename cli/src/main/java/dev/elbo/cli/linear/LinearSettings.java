package dev.elbo.cli.linear;

import dev.elbo.data.MissingRule;
import dev.elbo.linear.FeaturewiseEstimator;
import java.util.List;

/**
 * What is to be fitted.
 *
 * @param target the column to predict
 * @param excluded columns that are no features
 * @param penalty its kind
 * @param l1Ratio the part of it that is {@code |b|_1}
 * @param family what is minimised beside it
 * @param missing what is done about missing values
 * @param ignoreUnknown whether unknown categories become zeros in predictions
 * @param dropFirst whether the first category has no column
 * @param standardize whether columns are scaled for the penalty
 * @param alphas how many the path has
 * @param alphaRatio the smallest as a part of the largest
 * @param folds of the cross-validation
 * @param seed of the folds
 * @param choice how the alpha is found
 */
record LinearSettings(
    String target,
    List<String> excluded,
    Penalty penalty,
    double l1Ratio,
    Family family,
    MissingRule missing,
    boolean ignoreUnknown,
    boolean dropFirst,
    boolean standardize,
    int alphas,
    double alphaRatio,
    int folds,
    long seed,
    Choice choice) {
  LinearSettings {
    if (alphas < 1) {
      throw new IllegalArgumentException("--alphas: expected at least 1, received " + alphas + ".");
    }
    if (!(alphaRatio > 0 && alphaRatio <= 1)) {
      throw new IllegalArgumentException(
          "--alpha-ratio: expected more than 0 and at most 1, received " + alphaRatio + ".");
    }
    if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
      throw new IllegalArgumentException("--l1-ratio: expected 0 to 1, received " + l1Ratio + ".");
    }
    if (folds < 2) {
      throw new IllegalArgumentException("--folds: expected at least 2, received " + folds + ".");
    }
  }

  /** The estimator of an alpha. */
  FeaturewiseEstimator<?> at(double alpha) {
    return penalty.at(family, alpha, l1Ratio);
  }
}
