package dev.elbo.linear;

import java.util.Arrays;

/**
 * The same objective in other tools' words. Elbo's, which is scikit-learn's, is {@code |y - X b|^2
 * / 2n + alpha l1Ratio |b|_1 + alpha (1 - l1Ratio) / 2 |b|^2}.
 *
 * <p>With the standard deviation s of y, and d_j those of the columns (1 where columns are not
 * standardised), the others minimise
 *
 * <ul>
 *   <li>glmnet (gaussian, its {@code alpha} here called mixing): {@code |y - X b|^2 / 2n + lambda
 *       (mixing sum d_j |b_j| + (1 - mixing) / (2 s) sum d_j^2 b_j^2)}, as it brings y to a
 *       deviation of 1 inside. s and d_j are over n and about the mean; without an intercept s is
 *       about 0. Its other families have no s.
 *   <li>Spark ML's LinearRegression: the same with {@code regParam} and {@code elasticNetParam}, s
 *       and d_j about the mean, with an intercept and without, and over n or n - 1: see {@link
 *       SparkSolver}. Its LogisticRegression has no s, and d_j over n - 1.
 *   <li>Smile's LASSO, ElasticNet and RidgeRegression: {@code |y - X b|^2 + lambda1 sum d_j |b_j| +
 *       lambda2 sum d_j^2 b_j^2}, d_j over n: no n before the loss, no one-half.
 * </ul>
 *
 * <p>Each is held against the tool's own fits: glmnet 4.1-6, Spark 4.2.0, Smile 3.1.1.
 */
public final class Conventions {
  private Conventions() {}

  /**
   * glmnet's parameters.
   *
   * @param lambda the factor of the penalty
   * @param mixing glmnet's {@code alpha}: 1 is Lasso, 0 is Ridge
   * @param standardize whether columns are brought to a deviation of 1
   */
  public record Glmnet(double lambda, double mixing, boolean standardize) {}

  /** How Spark ML's LinearRegression solves, which decides over what its deviations are. */
  public enum SparkSolver {
    /** {@code normal}, which {@code auto} chooses up to 4,096 features: deviations over n. */
    NORMAL,

    /** {@code l-bfgs}: deviations over n - 1 (with weights, over sum(w) - sum(w^2) / sum(w)). */
    L_BFGS
  }

  /**
   * Spark ML's parameters.
   *
   * @param regParam the factor of the penalty
   * @param elasticNetParam 1 is Lasso, 0 is Ridge
   * @param standardization whether columns are brought to a deviation of 1
   * @param solver that of LinearRegression
   */
  public record Spark(
      double regParam, double elasticNetParam, boolean standardization, SparkSolver solver) {}

  /**
   * Smile's parameters.
   *
   * @param lambda1 the factor of {@code |b|_1}
   * @param lambda2 the factor of {@code |b|^2}
   */
  public record Smile(double lambda1, double lambda2) {}

  // ---- glmnet -----------------------------------------------------------------------------------

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
    double deviation = Math.sqrt(squares(y, sampleWeight, intercept) / sum(sampleWeight));
    return net(lambda * mixing, lambda * (1 - mixing) / deviation)
        .standardize(true)
        .fitIntercept(intercept);
  }

  /** glmnet's gaussian fit with an intercept and without weights; see the other. */
  public static ElasticNet fromGlmnet(double lambda, double mixing, double[] y) {
    return fromGlmnet(lambda, mixing, true, y, ones(y));
  }

  /**
   * The parameters with which glmnet fits what an estimator fits to this target. Its penalty
   * factors are handed over as they are: glmnet divides them by their mean, by which lambda is
   * multiplied here.
   */
  public static Glmnet toGlmnet(ElasticNet estimator, double[] y, double[] sampleWeight) {
    boolean intercept = estimator.settings.fitIntercept();
    double deviation = Math.sqrt(squares(y, sampleWeight, intercept) / sum(sampleWeight));
    Strength own = estimator.strength(1);
    return glmnet(own.l1(), own.l2() * deviation, estimator.settings);
  }

  /** As above, without weights. */
  public static Glmnet toGlmnet(ElasticNet estimator, double[] y) {
    return toGlmnet(estimator, y, ones(y));
  }

  /**
   * Elbo's penalty factors for glmnet's, which it divides by their mean; an infinite one leaves its
   * feature out, and counts as 1 in the mean.
   */
  public static double[] fromGlmnetPenaltyFactors(double... factors) {
    double mean = glmnetMean(factors);
    return Arrays.stream(factors).map(factor -> factor / mean).toArray();
  }

  private static double glmnetMean(double[] factors) {
    return Arrays.stream(factors).map(each -> Double.isInfinite(each) ? 1 : each).sum()
        / factors.length;
  }

  /** glmnet's binomial fit, standardised. */
  public static LogisticRegression fromGlmnetBinomial(double lambda, double mixing) {
    return LogisticRegression.ofAlpha(lambda).l1Ratio(mixing).standardize(true);
  }

  /**
   * The parameters with which glmnet's binomial fits what an estimator fits to n samples (to
   * weights that sum to n). For penalty factors see {@link #toGlmnet(ElasticNet, double[],
   * double[])}.
   */
  public static Glmnet toGlmnetBinomial(LogisticRegression estimator, double n) {
    Strength own = estimator.strength(n);
    return glmnet(own.l1(), own.l2(), estimator.settings);
  }

  /** glmnet's poisson fit, standardised. */
  public static PoissonRegression fromGlmnetPoisson(double lambda, double mixing) {
    return PoissonRegression.of(lambda).l1Ratio(mixing).standardize(true);
  }

  /**
   * The parameters with which glmnet's poisson fits what an estimator fits. For penalty factors see
   * {@link #toGlmnet(ElasticNet, double[], double[])}.
   */
  public static Glmnet toGlmnetPoisson(PoissonRegression estimator) {
    Strength own = estimator.strength(1);
    return glmnet(own.l1(), own.l2(), estimator.settings);
  }

  /** glmnet's mgaussian fit with {@code standardize=FALSE}: its numbers are Elbo's. */
  public static MultiTaskElasticNet fromGlmnetMultiGaussian(double lambda, double mixing) {
    return MultiTaskElasticNet.of(lambda, mixing);
  }

  /** The parameters with which glmnet's mgaussian fits what an estimator fits. */
  public static Glmnet toGlmnetMultiGaussian(MultiTaskElasticNet estimator) {
    return glmnet(estimator.strength().l1(), estimator.strength().l2(), estimator.settings);
  }

  private static Glmnet glmnet(double l1, double l2, Settings settings) {
    double mean = settings.penaltyFactors().map(Conventions::glmnetMean).orElse(1.0);
    return new Glmnet((l1 + l2) * mean, ratio(l1, l2), settings.standardize());
  }

  // ---- Spark ML ---------------------------------------------------------------------------------

  /**
   * Spark ML's LinearRegression with an intercept; follow with {@code fitIntercept(false)} for the
   * other.
   *
   * @param y the target that will be fitted
   * @param sampleWeight its weights
   */
  public static ElasticNet fromSpark(Spark spark, double[] y, double[] sampleWeight) {
    double total = sum(sampleWeight);
    double over = over(spark.solver(), sampleWeight);
    double deviation = Math.sqrt(squares(y, sampleWeight, true) / over);
    double unit = spark.standardization() ? Math.sqrt(total / over) : 1;
    double mixing = spark.elasticNetParam();
    return net(
            spark.regParam() * mixing * unit,
            spark.regParam() * (1 - mixing) / deviation * unit * unit)
        .standardize(spark.standardization());
  }

  /** With Spark's defaults, up to 4,096 features: standardised, solved by {@code normal}. */
  public static ElasticNet fromSpark(double regParam, double elasticNetParam, double[] y) {
    return fromSpark(new Spark(regParam, elasticNetParam, true, SparkSolver.NORMAL), y, ones(y));
  }

  /**
   * The parameters with which Spark fits what an estimator fits to this target.
   *
   * @throws IllegalArgumentException if the estimator has penalty factors, which Spark has not
   */
  public static Spark toSpark(
      ElasticNet estimator, SparkSolver solver, double[] y, double[] sampleWeight) {
    requireNoFactors("toSpark", estimator);
    double over = over(solver, sampleWeight);
    double deviation = Math.sqrt(squares(y, sampleWeight, true) / over);
    boolean standardize = estimator.settings.standardize();
    double unit = standardize ? Math.sqrt(sum(sampleWeight) / over) : 1;
    Strength own = estimator.strength(1);
    return spark(own.l1() / unit, own.l2() * deviation / (unit * unit), standardize, solver);
  }

  /** The parameters with which Spark's {@code normal} fits what an estimator fits. */
  public static Spark toSpark(ElasticNet estimator, double[] y) {
    return toSpark(estimator, SparkSolver.NORMAL, y, ones(y));
  }

  /**
   * Spark ML's LogisticRegression of two classes.
   *
   * @param sampleWeight the weights of the samples that will be fitted
   */
  public static LogisticRegression fromSparkLogistic(
      double regParam, double elasticNetParam, boolean standardization, double[] sampleWeight) {
    double total = sum(sampleWeight);
    double over = over(SparkSolver.L_BFGS, sampleWeight);
    double unit = standardization ? Math.sqrt(total / over) : 1;
    double l1 = regParam * elasticNetParam * unit;
    double l2 = regParam * (1 - elasticNetParam) * unit * unit;
    return LogisticRegression.ofAlpha(l1 + l2).l1Ratio(ratio(l1, l2)).standardize(standardization);
  }

  /**
   * The parameters with which Spark's LogisticRegression fits what an estimator fits.
   *
   * @throws IllegalArgumentException if the estimator has penalty factors, which Spark has not
   */
  public static Spark toSparkLogistic(LogisticRegression estimator, double[] sampleWeight) {
    requireNoFactors("toSparkLogistic", estimator);
    double total = sum(sampleWeight);
    boolean standardize = estimator.settings.standardize();
    double over = over(SparkSolver.L_BFGS, sampleWeight);
    double unit = standardize ? Math.sqrt(total / over) : 1;
    Strength own = estimator.strength(total);
    return spark(own.l1() / unit, own.l2() / (unit * unit), standardize, SparkSolver.L_BFGS);
  }

  /**
   * Spark ML's GeneralizedLinearRegression of the Poisson family with the log link and an
   * intercept: {@code regParam} counts beside the loss over the sum of the rates, so that alpha is
   * {@code regParam mean(y)}. (Without an intercept the rates sum to something else.)
   *
   * @param y the counts that will be fitted
   * @param sampleWeight their weights
   */
  public static PoissonRegression fromSparkPoisson(
      double regParam, double[] y, double[] sampleWeight) {
    return PoissonRegression.of(regParam * mean(y, sampleWeight));
  }

  /**
   * The {@code regParam} with which Spark's GeneralizedLinearRegression fits what an estimator
   * fits.
   *
   * @param y the counts that will be fitted
   * @param sampleWeight their weights
   * @throws IllegalArgumentException if the estimator has what Spark has not: {@code |b|_1},
   *     penalty factors, standardised columns, or a penalty without an intercept
   */
  public static double toSparkPoisson(
      PoissonRegression estimator, double[] y, double[] sampleWeight) {
    String where = "toSparkPoisson";
    requireNoFactors(where, estimator);
    Strength own = estimator.strength(1);
    require(where, estimator, own.l1() == 0, "an l1Ratio of 0, as Spark has no |b|_1 there");
    require(
        where,
        estimator,
        !estimator.settings.standardize(),
        "standardize(false), as Spark penalises coefficients in the units of the columns there");
    require(
        where,
        estimator,
        own.l2() == 0 || estimator.settings.fitIntercept(),
        "an intercept, without which the rates do not sum to the counts");
    return own.l2() / mean(y, sampleWeight);
  }

  private static Spark spark(double l1, double l2, boolean standardization, SparkSolver solver) {
    return new Spark(l1 + l2, ratio(l1, l2), standardization, solver);
  }

  /** What Spark divides a sum of squares by. */
  private static double over(SparkSolver solver, double[] weights) {
    double total = sum(weights);
    return switch (solver) {
      case NORMAL -> total;
      case L_BFGS -> total - Arrays.stream(weights).map(weight -> weight * weight).sum() / total;
    };
  }

  // ---- Smile ------------------------------------------------------------------------------------

  /**
   * Smile's LASSO (lambda2 0), RidgeRegression (lambda1 0) or ElasticNet on n samples, which
   * standardise.
   */
  public static ElasticNet fromSmile(double lambda1, double lambda2, int n) {
    return net(lambda1 / (2.0 * n), lambda2 / n).standardize(true);
  }

  /**
   * The parameters with which Smile fits what a standardised estimator fits to n samples.
   *
   * @throws IllegalArgumentException if the estimator does not standardise, as Smile does, or has
   *     penalty factors, which Smile has not
   */
  public static Smile toSmile(ElasticNet estimator, int n) {
    requireNoFactors("toSmile", estimator);
    require(
        "toSmile",
        estimator,
        estimator.settings.standardize(),
        "standardize(true), as Smile standardises columns");
    Strength own = estimator.strength(1);
    return new Smile(2.0 * n * own.l1(), n * own.l2());
  }

  /** Smile's LogisticRegression of two classes: {@code sum(loss) + lambda / 2 |b|^2}. */
  public static LogisticRegression fromSmileLogistic(double lambda) {
    return lambda == 0 ? LogisticRegression.ofAlpha(0) : LogisticRegression.of(1 / lambda);
  }

  /**
   * The lambda with which Smile's LogisticRegression fits what an estimator fits to n samples (to
   * weights that sum to n).
   *
   * @throws IllegalArgumentException if the estimator has what Smile has not: {@code |b|_1},
   *     penalty factors or standardised columns
   */
  public static double toSmileLogistic(LogisticRegression estimator, double n) {
    String where = "toSmileLogistic";
    requireNoFactors(where, estimator);
    Strength own = estimator.strength(n);
    require(where, estimator, own.l1() == 0, "an l1Ratio of 0, as Smile has no |b|_1 there");
    require(
        where,
        estimator,
        !estimator.settings.standardize(),
        "standardize(false), as Smile penalises coefficients in the units of the columns there");
    return own.l2() * n;
  }

  // ---- what they share --------------------------------------------------------------------------

  private static void requireNoFactors(String where, Estimator<?> estimator) {
    require(
        where,
        estimator,
        estimator.settings.penaltyFactors().isEmpty(),
        "no penalty factors, which the other tool does not have");
  }

  private static void require(String where, Estimator<?> estimator, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Conventions."
              + where
              + ": expected "
              + what
              + ", received "
              + estimator.call()
              + estimator.settings
              + ". No parameter of the other tool says the same.");
    }
  }

  private static ElasticNet net(double l1, double l2) {
    return ElasticNet.of(l1 + l2, ratio(l1, l2));
  }

  private static double ratio(double l1, double l2) {
    return l1 + l2 == 0 ? 1 : l1 / (l1 + l2);
  }

  private static double[] ones(double[] y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double mean(double[] y, double[] weights) {
    Checks.requireLength("Conventions", "sampleWeight", weights.length, y.length, "sample");
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] * y[i];
    }
    return sum / sum(weights);
  }

  /** {@code sum(w (y - mean)^2)}, or about 0. */
  private static double squares(double[] y, double[] weights, boolean aboutTheMean) {
    double mean = mean(y, weights);
    double center = aboutTheMean ? mean : 0;
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      squares += weights[i] * (y[i] - center) * (y[i] - center);
    }
    return squares;
  }
}
