package dev.elbo.linear;

import dev.elbo.linear.internal.HuberLoss;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.Vectors;
import java.util.Arrays;

/**
 * {@code sum(sigma + H(r_i / sigma) sigma) + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) |b|^2} over
 * the coefficients and the scale sigma, with {@code H(z) = z^2} up to epsilon and {@code 2 epsilon
 * |z| - epsilon^2} beyond it: samples far from the line count by their distance, not its square. At
 * an l1Ratio of 0 it is scikit-learn's HuberRegressor (no one-half before {@code |b|^2}, no n).
 *
 * <p>It ends on the KKT residual, and nothing of its support is proven; see {@link Certificate}.
 */
public final class HuberRegression extends GeneralizedEstimator<HuberRegression> {
  private final double epsilon;
  private final double alpha;
  private final double l1Ratio;

  private HuberRegression(double epsilon, double alpha, double l1Ratio, Settings settings) {
    super(settings);
    this.epsilon =
        Checks.require("HuberRegression", "epsilon", epsilon, 1, Double.POSITIVE_INFINITY);
    this.alpha = Checks.require("HuberRegression", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.l1Ratio = Checks.require("HuberRegression", "l1Ratio", l1Ratio, 0, 1);
  }

  /** {@code sum(loss) + alpha |b|^2} with an epsilon of 1.35, until others are given. */
  public static HuberRegression of(double alpha) {
    return new HuberRegression(1.35, alpha, 0, Settings.DEFAULT);
  }

  /**
   * From how many sigma on a residual counts by its size: 1.35 unless told otherwise, at which 95 %
   * of the efficiency of least squares is kept where errors are normal.
   */
  public HuberRegression epsilon(double epsilon) {
    return new HuberRegression(epsilon, alpha, l1Ratio, settings);
  }

  /** How much of the penalty is {@code |b|_1}: 0 unless told otherwise. */
  public HuberRegression l1Ratio(double l1Ratio) {
    return new HuberRegression(epsilon, alpha, l1Ratio, settings);
  }

  @Override
  HuberRegression with(Settings changed) {
    return new HuberRegression(epsilon, alpha, l1Ratio, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(alpha * l1Ratio / weightSum, 2 * alpha * (1 - l1Ratio) / weightSum);
  }

  @Override
  Loss loss(double[] y, double intercept) {
    double[] eta = new double[y.length];
    Arrays.fill(eta, intercept);
    return new HuberLoss(epsilon, 1).adapted(y, eta, Vectors.ones(y.length));
  }

  @Override
  double nullIntercept(double[] y, double[] weights) {
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Override
  void requireTarget(double[] y, double[] weights) {
    // Any finite value will do.
  }

  @Override
  String call() {
    return "HuberRegression.of("
        + alpha
        + ")"
        + (epsilon == 1.35 ? "" : ".epsilon(" + epsilon + ")")
        + (l1Ratio == 0 ? "" : ".l1Ratio(" + l1Ratio + ")");
  }

  @Override
  String formula() {
    return "sum(sigma + H(r / sigma) sigma) + "
        + alpha * l1Ratio
        + " "
        + settings.sizes()
        + " + "
        + alpha * (1 - l1Ratio)
        + " "
        + settings.squares()
        + ", r = y - X b - intercept";
  }
}
