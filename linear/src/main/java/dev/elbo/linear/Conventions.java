package dev.elbo.linear;

import java.util.Arrays;

/**
 * The same objective in other tools' words. Elbo's, which is scikit-learn's, is {@code |y - X b|^2
 * / 2n + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) / 2 |b|^2}.
 *
 * <p>With the standard deviation s of y, and d_j those of the columns, the others minimise
 *
 * <ul>
 *   <li>glmnet (gaussian, its {@code alpha} here called mixing): {@code |y - X b|^2 / 2n + lambda
 *       (mixing sum d_j |b_j| + (1 - mixing) / (2 s) sum d_j^2 b_j^2)}, as it brings y to a
 *       deviation of 1 inside; d_j is 1 with {@code standardize=FALSE}. s and d_j are over n and
 *       about the mean; without an intercept s is about 0.
 *   <li>Spark ML's LinearRegression: the same with {@code regParam} and {@code elasticNetParam}, s
 *       and d_j over n - 1.
 *   <li>Smile's LASSO, ElasticNet and RidgeRegression: {@code |y - X b|^2 + lambda1 sum d_j |b_j| +
 *       lambda2 sum d_j^2 b_j^2}: no n, no one-half.
 * </ul>
 */
public final class Conventions {
  private Conventions() {}

  /**
   * glmnet's parameters.
   *
   * @param lambda the factor of the penalty
   * @param mixing glmnet's {@code alpha}: 1 is Lasso, 0 is Ridge
   */
  public record Glmnet(double lambda, double mixing) {}

  /**
   * Spark ML's parameters.
   *
   * @param regParam the factor of the penalty
   * @param elasticNetParam 1 is Lasso, 0 is Ridge
   */
  public record Spark(double regParam, double elasticNetParam) {}

  /**
   * Smile's parameters.
   *
   * @param lambda1 the factor of {@code |b|_1}
   * @param lambda2 the factor of {@code |b|^2}
   */
  public record Smile(double lambda1, double lambda2) {}

  /**
   * glmnet's gaussian fit, {@code standardize=TRUE} as is its default; follow with {@code
   * standardize(false)} for the other.
   *
   * @param intercept whether it has one
   * @param y the target that will be fitted
   * @param sampleWeight its weights
   */
  public static ElasticNet fromGlmnet(
      double lambda, double mixing, boolean intercept, double[] y, double[] sampleWeight) {
    double deviation = deviation(y, sampleWeight, intercept);
    return net(lambda * mixing, lambda * (1 - mixing) / deviation)
        .standardize(true)
        .fitIntercept(intercept);
  }

  /** glmnet's gaussian fit with an intercept and without weights; see the other. */
  public static ElasticNet fromGlmnet(double lambda, double mixing, double[] y) {
    return fromGlmnet(lambda, mixing, true, y, ones(y));
  }

  /** The parameters with which glmnet fits what an estimator fits to this target. */
  public static Glmnet toGlmnet(ElasticNet estimator, double[] y, double[] sampleWeight) {
    double l1 = estimator.alpha() * estimator.l1Ratio();
    double deviation = deviation(y, sampleWeight, estimator.settings.fitIntercept());
    double l2 = estimator.alpha() * (1 - estimator.l1Ratio()) * deviation;
    return new Glmnet(l1 + l2, l1 + l2 == 0 ? 1 : l1 / (l1 + l2));
  }

  /** As above, without weights. */
  public static Glmnet toGlmnet(ElasticNet estimator, double[] y) {
    return toGlmnet(estimator, y, ones(y));
  }

  /** Elbo's penalty factors for glmnet's, which it divides by their mean. */
  public static double[] fromGlmnetPenaltyFactors(double... factors) {
    double sum = 0;
    for (double factor : factors) {
      sum += factor;
    }
    double[] rescaled = new double[factors.length];
    for (int j = 0; j < factors.length; j++) {
      rescaled[j] = factors[j] * factors.length / sum;
    }
    return rescaled;
  }

  /** glmnet's binomial fit of n samples (of weights that sum to n), standardised. */
  public static LogisticRegression fromGlmnetBinomial(double lambda, double mixing, double n) {
    return LogisticRegression.of(1 / (lambda * n)).l1Ratio(mixing).standardize(true);
  }

  /** glmnet's poisson fit, standardised. */
  public static PoissonRegression fromGlmnetPoisson(double lambda, double mixing) {
    return PoissonRegression.of(lambda).l1Ratio(mixing).standardize(true);
  }

  /**
   * Spark ML's fit with {@code standardization=true}, its default.
   *
   * @param y the target that will be fitted
   */
  public static ElasticNet fromSpark(double regParam, double elasticNetParam, double[] y) {
    double more = y.length / (y.length - 1.0);
    double deviation = deviation(y, ones(y), true) * Math.sqrt(more);
    return net(
            regParam * elasticNetParam * Math.sqrt(more),
            regParam * (1 - elasticNetParam) / deviation * more)
        .standardize(true);
  }

  /** The parameters with which Spark fits what a standardised estimator fits to this target. */
  public static Spark toSpark(ElasticNet estimator, double[] y) {
    double more = y.length / (y.length - 1.0);
    double deviation = deviation(y, ones(y), true) * Math.sqrt(more);
    double l1 = estimator.alpha() * estimator.l1Ratio() / Math.sqrt(more);
    double l2 = estimator.alpha() * (1 - estimator.l1Ratio()) * deviation / more;
    return new Spark(l1 + l2, l1 + l2 == 0 ? 1 : l1 / (l1 + l2));
  }

  /**
   * Smile's LASSO (lambda2 0), RidgeRegression (lambda1 0) or ElasticNet on n samples, which
   * standardise.
   */
  public static ElasticNet fromSmile(double lambda1, double lambda2, int n) {
    return net(lambda1 / (2.0 * n), lambda2 / n).standardize(true);
  }

  /** The parameters with which Smile fits what a standardised estimator fits to n samples. */
  public static Smile toSmile(ElasticNet estimator, int n) {
    return new Smile(
        2 * n * estimator.alpha() * estimator.l1Ratio(),
        n * estimator.alpha() * (1 - estimator.l1Ratio()));
  }

  private static ElasticNet net(double l1, double l2) {
    return ElasticNet.of(l1 + l2, l1 + l2 == 0 ? 1 : l1 / (l1 + l2));
  }

  private static double[] ones(double[] y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double deviation(double[] y, double[] weights, boolean aboutTheMean) {
    Checks.requireLength("Conventions", "sampleWeight", weights.length, y.length, "sample");
    double total = 0;
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      total += weights[i];
      mean += weights[i] * y[i];
    }
    mean = aboutTheMean ? mean / total : 0;
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      squares += weights[i] * (y[i] - mean) * (y[i] - mean);
    }
    return Math.sqrt(squares / total);
  }
}
