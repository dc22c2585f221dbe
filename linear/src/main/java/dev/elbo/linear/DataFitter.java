package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import java.util.Optional;

/** Data made ready once, to which models of many alphas are fitted one after the other. */
interface DataFitter {

  /**
   * Fits a model, without a radius.
   *
   * @param before the model to begin at
   */
  LinearModel fit(FeaturewiseEstimator<?> estimator, Optional<LinearModel> before);

  /**
   * The smallest alpha at which all penalised coefficients are 0.
   *
   * @param ofAlphaOne the estimator with an alpha of 1
   * @throws NoLargestAlphaException if there is none
   */
  double largestAlpha(FeaturewiseEstimator<?> ofAlphaOne);

  /**
   * The same from what is known about the penalised features.
   *
   * @param pulls the negative gradients where all of them are 0
   * @param bounds the factors of {@code |b_j|} at an alpha of 1
   */
  static double largestAlpha(
      FeaturewiseEstimator<?> ofAlphaOne, double[] pulls, double[] bounds, Box box) {
    double largest = 0;
    for (int i = 0; i < pulls.length; i++) {
      double end = pulls[i] > 0 ? box.highest()[i] : box.lowest()[i];
      double size = end == 0 ? 0 : Math.abs(pulls[i]);
      if (size > 0) {
        largest = Math.max(largest, size / bounds[i]);
      }
    }
    if (!(largest > 0) || Double.isInfinite(largest)) {
      throw new NoLargestAlphaException(
          ofAlphaOne.call()
              + ": expected a largest alpha, above which all coefficients are 0; there is none, as "
              + (Double.isInfinite(largest)
                  ? "the penalty has no |b|_1."
                  : "no penalised feature goes with the target.")
              + " Give the path its alphas.");
    }
    return largest;
  }
}
