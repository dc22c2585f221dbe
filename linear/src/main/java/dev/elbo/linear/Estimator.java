package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * What all estimators can be told. An estimator never changes: each setting returns another one.
 *
 * @param <E> the estimator itself
 */
@CheckReturnValue
public abstract sealed class Estimator<E extends Estimator<E>>
    permits FeaturewiseEstimator, GroupLasso, MultiTaskEstimator {
  final Settings settings;

  Estimator(Settings settings) {
    this.settings = settings;
  }

  abstract E with(Settings changed);

  /** Whether there is an intercept; true unless told otherwise. It is never penalised. */
  public final E fitIntercept(boolean fitIntercept) {
    return with(settings.fitIntercept(fitIntercept));
  }

  /**
   * The duality gap at which an iterative fit ends, as a part of {@code |y - mean(y)|^2 / n} (of
   * the mean log loss at the best intercept alone, for logistic): 1e-9 unless told otherwise. For
   * Poisson, and where there is no gap (a feature without penalty among those that must be
   * positive, Huber, penalties that are not convex), it is the violation of the KKT conditions, as
   * a part of the largest gradient where all coefficients are 0.
   */
  public final E tolerance(double tolerance) {
    return with(settings.tolerance(tolerance));
  }

  /**
   * The most passes over coefficients (rounds of Newton's method, for other losses), after which a
   * fit gives up; 10,000 unless told otherwise.
   */
  public final E maxIterations(int maxIterations) {
    return with(settings.maxIterations(maxIterations));
  }

  /** The name of the class with its numbers, as code. */
  abstract String call();

  /** The objective, without what its letters stand for. */
  abstract String formula();

  /**
   * The objective, with its factors: those of features, and the standard deviations of columns,
   * where there are any.
   */
  public final String objective() {
    return formula() + settings.legend();
  }

  /** The estimator as code, and its objective. */
  @Override
  public final String toString() {
    return call() + settings + ": minimises " + objective();
  }
}
