package dev.elbo.linear;

/**
 * An estimator with a penalty.
 *
 * @param <E> the estimator itself
 */
public abstract sealed class PenalizedEstimator<E extends PenalizedEstimator<E>>
    extends LinearEstimator<E> permits Ridge, Lasso, ElasticNet {
  PenalizedEstimator(Settings settings) {
    super(settings);
  }

  /**
   * How strongly each feature is penalised: its penalty is multiplied by its factor, 0 leaves it
   * unpenalised. All 1 unless told otherwise. They are used as they are (glmnet rescales them so
   * that they sum to the number of features).
   */
  public final E penaltyFactors(double... factors) {
    return with(settings.penaltyFactors(factors));
  }
}
