package dev.elbo.linear;

/**
 * {@code |y - X b|^2 + alpha |b|^2}, scikit-learn's objective: the first term is not divided by n.
 *
 * <p>With sample weights the first term is {@code sum(w_i (y_i - x_i b)^2)}, so that doubling all
 * weights halves the penalty's share. Solved in closed form, by the system of p or of n equations,
 * whichever is smaller; with {@code positive(true)} by coordinate descent.
 */
public final class Ridge extends PenalizedEstimator<Ridge> {
  private final double alpha;

  private Ridge(double alpha, Settings settings) {
    super(settings);
    this.alpha = Checks.require("Ridge", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
  }

  /** {@code |y - X b|^2 + alpha |b|^2} */
  public static Ridge of(double alpha) {
    return new Ridge(alpha, Settings.DEFAULT);
  }

  /** The factor of the penalty. */
  public double alpha() {
    return alpha;
  }

  @Override
  Ridge with(Settings changed) {
    return new Ridge(alpha, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(0, alpha / weightSum);
  }

  @Override
  String call() {
    return "Ridge.of(" + alpha + ")";
  }

  @Override
  String formula() {
    return "|y - X b|^2 + " + alpha + " " + settings.squares();
  }
}
