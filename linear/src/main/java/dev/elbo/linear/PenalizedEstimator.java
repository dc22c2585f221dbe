package dev.elbo.linear;

/**
 * An estimator with a penalty.
 *
 * @param <E> the estimator itself
 */
public abstract sealed class PenalizedEstimator<E extends PenalizedEstimator<E>>
    extends LinearEstimator<E> permits Ridge, Lasso, ElasticNet, Mcp, Scad {
  PenalizedEstimator(Settings settings) {
    super(settings);
  }

  /**
   * How strongly each feature is penalised: its penalty is multiplied by its factor, 0 leaves it
   * unpenalised, infinity leaves it out. All 1 unless told otherwise. They are used as they are
   * (glmnet rescales them so that they sum to the number of features).
   */
  public final E penaltyFactors(double... factors) {
    return with(settings.penaltyFactors(factors));
  }

  /**
   * Whether the penalty is that of columns brought to a standard deviation of 1 (over n, weighted,
   * about the mean): {@code |b_j|} becomes {@code sd_j |b_j|}, and {@code b_j^2} {@code sd_j^2
   * b_j^2}. The data is left as it is, and coefficients and bounds stay in its units. False unless
   * told otherwise.
   */
  public final E standardize(boolean standardize) {
    return with(settings.standardize(standardize));
  }
}
