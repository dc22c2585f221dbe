package dev.elbo.linear;

import dev.elbo.linear.internal.LogisticLoss;
import dev.elbo.linear.internal.Loss;

/**
 * {@code c sum(log(1 + exp(e_i)) - y_i e_i) + l1Ratio |b|_1 + (1 - l1Ratio) / 2 |b|^2} with {@code
 * e_i = x_i b + intercept} and y of 0 and 1: scikit-learn's objective, in which a larger c means a
 * weaker penalty. {@link #ofAlpha} has the mean of the losses instead, and a factor before the
 * penalty.
 *
 * <p>The gap of its certificate is that of the objective over {@code c sum(w)}.
 */
public final class LogisticRegression extends GeneralizedEstimator<LogisticRegression> {
  private final double strength;

  /** Whether the strength is that of the penalty beside the mean loss, and not c. */
  private final boolean isAlpha;

  private final double l1Ratio;

  private LogisticRegression(double strength, boolean isAlpha, double l1Ratio, Settings settings) {
    super(settings);
    this.strength =
        isAlpha
            ? Checks.require("LogisticRegression", "alpha", strength, 0, Double.POSITIVE_INFINITY)
            : Checks.require(
                "LogisticRegression", "c", strength, Double.MIN_NORMAL, Double.MAX_VALUE);
    this.isAlpha = isAlpha;
    this.l1Ratio = Checks.require("LogisticRegression", "l1Ratio", l1Ratio, 0, 1);
  }

  /** {@code c sum(loss) + 1 / 2 |b|^2}, until another l1Ratio is given. */
  public static LogisticRegression of(double c) {
    return new LogisticRegression(c, false, 0, Settings.DEFAULT);
  }

  /**
   * {@code sum(loss) / n + alpha / 2 |b|^2}, until another l1Ratio is given: as {@link #of} with a
   * c of {@code 1 / (alpha n)}. It is glmnet's lambda, and what a path takes, whose folds have
   * different n.
   */
  public static LogisticRegression ofAlpha(double alpha) {
    return new LogisticRegression(alpha, true, 0, Settings.DEFAULT);
  }

  /** How much of the penalty is {@code |b|_1}: 0 unless told otherwise. */
  public LogisticRegression l1Ratio(double l1Ratio) {
    return new LogisticRegression(strength, isAlpha, l1Ratio, settings);
  }

  @Override
  LogisticRegression with(Settings changed) {
    return new LogisticRegression(strength, isAlpha, l1Ratio, changed);
  }

  @Override
  Strength strength(double weightSum) {
    double alpha = isAlpha ? strength : 1 / (strength * weightSum);
    return new Strength(alpha * l1Ratio, alpha * (1 - l1Ratio));
  }

  @Override
  Loss loss(double[] y, double intercept) {
    return new LogisticLoss();
  }

  @Override
  double nullIntercept(double[] y, double[] weights) {
    double ones = 0;
    double zeros = 0;
    for (int i = 0; i < y.length; i++) {
      ones += y[i] * weights[i];
      zeros += (1 - y[i]) * weights[i];
    }
    return Math.log(ones / zeros);
  }

  @Override
  void requireTarget(double[] y, double[] weights) {
    double ones = 0;
    double zeros = 0;
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0 && y[i] != 1) {
        throw new IllegalArgumentException(
            call()
                + ": expected 0 or 1 in y, received "
                + y[i]
                + " at row "
                + i
                + ". Number the two classes 0 and 1.");
      }
      ones += y[i] * weights[i];
      zeros += (1 - y[i]) * weights[i];
    }
    if (ones == 0 || zeros == 0) {
      throw new IllegalArgumentException(
          call()
              + ": expected samples of both classes, received only "
              + (ones == 0 ? 0 : 1)
              + ". Check how y was made.");
    }
  }

  @Override
  String call() {
    return "LogisticRegression."
        + (isAlpha ? "ofAlpha(" : "of(")
        + strength
        + ")"
        + (l1Ratio == 0 ? "" : ".l1Ratio(" + l1Ratio + ")");
  }

  @Override
  String formula() {
    String loss = "sum(log(1 + exp(e)) - y e)";
    double alpha = isAlpha ? strength : 1;
    return (isAlpha ? loss + " / n" : strength + " " + loss)
        + " + "
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
