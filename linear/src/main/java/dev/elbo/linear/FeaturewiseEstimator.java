package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.ElasticNetPenalty;
import dev.elbo.linear.internal.Penalty;

/**
 * An estimator whose coefficients can be held one by one.
 *
 * @param <E> the estimator itself
 */
public abstract sealed class FeaturewiseEstimator<E extends FeaturewiseEstimator<E>>
    extends Estimator<E> permits LinearEstimator, GeneralizedEstimator {
  FeaturewiseEstimator(Settings settings) {
    super(settings);
  }

  /**
   * The factors in front of {@code |b_j|} and of {@code b_j^2 / 2}, beside the mean loss (for least
   * squares {@code |y - X b|^2 / 2n}).
   */
  abstract Strength strength(double weightSum);

  /** Makes data ready for a path. */
  abstract DataFitter fitter(Matrix x, double[] y, double[] sampleWeight);

  /**
   * The penalty of the features that have one.
   *
   * @param l1 the factor of each {@code |b_j|}
   * @param l2 the factor of each {@code b_j^2 / 2}
   * @param deviations the unit in which each coefficient is penalised
   */
  Penalty penalty(double[] l1, double[] l2, double[] deviations, Box box) {
    return new ElasticNetPenalty(l1, l2, box);
  }

  /**
   * Bounds of all coefficients: {@code lower <= b_j <= upper}, in the units of the data. Either may
   * be infinite.
   *
   * @param lower 0 or less
   * @param upper 0 or more
   */
  public final E bounds(double lower, double upper) {
    return bounds(new double[] {lower}, new double[] {upper});
  }

  /**
   * Bounds of each coefficient; see {@link #bounds(double, double)}.
   *
   * @param lower one a feature, or one for all; 0 or less
   * @param upper one a feature, or one for all; 0 or more
   */
  public final E bounds(double[] lower, double[] upper) {
    return with(settings.bounds(lower, upper));
  }

  /** Whether all coefficients must be 0 or more; false unless told otherwise. */
  public final E positive(boolean positive) {
    return with(settings.positive(positive));
  }

  /**
   * Begins at the coefficients of a model; an iterative fit then ends sooner, at the same optimum.
   */
  public final E warmStart(LinearModel model) {
    return with(settings.warmStart(model));
  }
}
