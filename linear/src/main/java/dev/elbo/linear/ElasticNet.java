package dev.elbo.linear;

/**
 * {@code |y - X b|^2 / 2n + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) / 2 |b|^2}, scikit-learn's
 * objective.
 *
 * <p>An l1Ratio of 1 is {@link Lasso}; of 0 it is {@link Ridge} with alpha times the sum of the
 * weights (n without weights), and solved as that is.
 */
public final class ElasticNet extends PenalizedEstimator<ElasticNet> {
  private final double alpha;
  private final double l1Ratio;

  private ElasticNet(double alpha, double l1Ratio, Settings settings) {
    super(settings);
    this.alpha = Checks.require("ElasticNet", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.l1Ratio = Checks.require("ElasticNet", "l1Ratio", l1Ratio, 0, 1);
  }

  /** {@code |y - X b|^2 / 2n + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) / 2 |b|^2} */
  public static ElasticNet of(double alpha, double l1Ratio) {
    return new ElasticNet(alpha, l1Ratio, Settings.DEFAULT);
  }

  /** The factor of the penalty. */
  public double alpha() {
    return alpha;
  }

  /** How much of the penalty is {@code |b|_1}. */
  public double l1Ratio() {
    return l1Ratio;
  }

  @Override
  ElasticNet with(Settings changed) {
    return new ElasticNet(alpha, l1Ratio, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(alpha * l1Ratio, alpha * (1 - l1Ratio));
  }

  @Override
  String call() {
    return "ElasticNet.of(" + alpha + ", " + l1Ratio + ")";
  }

  @Override
  String formula() {
    return "|y - X b|^2 / 2n + "
        + alpha * l1Ratio
        + " "
        + settings.sizes()
        + " + "
        + alpha * (1 - l1Ratio)
        + " / 2 "
        + settings.squares();
  }
}
