package dev.elbo.linear;

import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.PoissonLoss;

/**
 * {@code sum(exp(e_i) - y_i e_i) / n + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) / 2 |b|^2} with
 * {@code e_i = x_i b + intercept} and y of 0 or more. At an l1Ratio of 0 it is scikit-learn's
 * PoissonRegressor, up to terms of y alone.
 */
public final class PoissonRegression extends GeneralizedEstimator<PoissonRegression> {
  private final double alpha;
  private final double l1Ratio;

  private PoissonRegression(double alpha, double l1Ratio, Settings settings) {
    super(settings);
    this.alpha = Checks.require("PoissonRegression", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.l1Ratio = Checks.require("PoissonRegression", "l1Ratio", l1Ratio, 0, 1);
  }

  /** {@code sum(loss) / n + alpha / 2 |b|^2}, until another l1Ratio is given. */
  public static PoissonRegression of(double alpha) {
    return new PoissonRegression(alpha, 0, Settings.DEFAULT);
  }

  /** How much of the penalty is {@code |b|_1}: 0 unless told otherwise. */
  public PoissonRegression l1Ratio(double l1Ratio) {
    return new PoissonRegression(alpha, l1Ratio, settings);
  }

  @Override
  PoissonRegression with(Settings changed) {
    return new PoissonRegression(alpha, l1Ratio, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(alpha * l1Ratio, alpha * (1 - l1Ratio));
  }

  @Override
  Loss loss(double[] y, double intercept) {
    return new PoissonLoss();
  }

  @Override
  double nullIntercept(double[] y, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] * y[i];
      total += weights[i];
    }
    return Math.log(sum / total);
  }

  @Override
  void requireTarget(double[] y, double[] weights) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      if (y[i] < 0) {
        throw new IllegalArgumentException(
            call()
                + ": expected counts of 0 or more in y, received "
                + y[i]
                + " at row "
                + i
                + ". Use LinearRegression or Huber for values of both signs.");
      }
      sum += weights[i] * y[i];
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          call() + ": expected a positive count, received zeros only. Check how y was made.");
    }
  }

  @Override
  String call() {
    return "PoissonRegression.of("
        + alpha
        + ")"
        + (l1Ratio == 0 ? "" : ".l1Ratio(" + l1Ratio + ")");
  }

  @Override
  String formula() {
    return "sum(exp(e) - y e) / n + "
        + alpha * l1Ratio
        + " "
        + settings.sizes()
        + " + "
        + alpha * (1 - l1Ratio)
        + " / 2 "
        + settings.squares()
        + ", e = X b + intercept";
  }
}
