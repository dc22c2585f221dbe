package dev.elbo.linear;

/**
 * {@code |Y - X B|^2 / 2n + alpha l1Ratio sum_j |B_j| + alpha (1 - l1Ratio) / 2 |B|^2},
 * scikit-learn's objective.
 */
public final class MultiTaskElasticNet extends MultiTaskEstimator<MultiTaskElasticNet> {
  private final double alpha;
  private final double l1Ratio;

  private MultiTaskElasticNet(double alpha, double l1Ratio, Settings settings) {
    super(settings);
    this.alpha = Checks.require("MultiTaskElasticNet", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.l1Ratio = Checks.require("MultiTaskElasticNet", "l1Ratio", l1Ratio, 0, 1);
  }

  /** {@code |Y - X B|^2 / 2n + alpha l1Ratio sum_j |B_j| + alpha (1 - l1Ratio) / 2 |B|^2} */
  public static MultiTaskElasticNet of(double alpha, double l1Ratio) {
    return new MultiTaskElasticNet(alpha, l1Ratio, Settings.DEFAULT);
  }

  @Override
  MultiTaskElasticNet with(Settings changed) {
    return new MultiTaskElasticNet(alpha, l1Ratio, changed);
  }

  @Override
  Strength strength() {
    return new Strength(alpha * l1Ratio, alpha * (1 - l1Ratio));
  }

  @Override
  String call() {
    return "MultiTaskElasticNet.of(" + alpha + ", " + l1Ratio + ")";
  }

  @Override
  String formula() {
    return "|Y - X B|^2 / 2n + "
        + alpha * l1Ratio
        + " sum_j |B_j| + "
        + alpha * (1 - l1Ratio)
        + " / 2 |B|^2";
  }
}
