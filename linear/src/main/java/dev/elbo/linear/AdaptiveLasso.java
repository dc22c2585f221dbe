package dev.elbo.linear;

/**
 * {@code |y - X b|^2 / 2n + alpha sum_j |b_j| / |b0_j|^power}: Lasso with weights from a first
 * model b0, so that what is large there is penalised little (Zou, JASA 101, 2006). What is 0 there
 * is left out, unless the power is 0, at which all weights are 1.
 */
public final class AdaptiveLasso {
  private AdaptiveLasso() {}

  /**
   * The estimator for an alpha, with a power of 1.
   *
   * @param first least squares, {@link Ridge} or {@link Lasso} on the same columns
   */
  public static Lasso of(double alpha, LinearModel first) {
    return of(alpha, first, 1);
  }

  /** The estimator for an alpha; see {@link #of(double, LinearModel)}. */
  public static Lasso of(double alpha, LinearModel first, double power) {
    Checks.require("AdaptiveLasso", "power", power, 0, Double.POSITIVE_INFINITY);
    double[] factors = first.coefficients();
    for (int j = 0; j < factors.length; j++) {
      factors[j] = 1 / Math.pow(Math.abs(factors[j]), power);
    }
    return Lasso.of(alpha).penaltyFactors(factors);
  }
}
