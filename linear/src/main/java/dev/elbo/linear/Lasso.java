package dev.elbo.linear;

/**
 * {@code |y - X b|^2 / 2n + alpha |b|_1}, scikit-learn's objective.
 *
 * <p>Coefficients become exactly 0. Where columns repeat, several b may reach the minimum; the
 * model holds one of them.
 */
public final class Lasso extends PenalizedEstimator<Lasso> {
  private final double alpha;

  private Lasso(double alpha, Settings settings) {
    super(settings);
    this.alpha = Checks.require("Lasso", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
  }

  /** {@code |y - X b|^2 / 2n + alpha |b|_1} */
  public static Lasso of(double alpha) {
    return new Lasso(alpha, Settings.DEFAULT);
  }

  /** The factor of the penalty. */
  public double alpha() {
    return alpha;
  }

  @Override
  Lasso with(Settings changed) {
    return new Lasso(alpha, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(alpha, 0);
  }

  @Override
  String call() {
    return "Lasso.of(" + alpha + ")";
  }

  @Override
  String formula() {
    return "|y - X b|^2 / 2n + " + alpha + " " + settings.sizes();
  }
}
