package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.Conventions.Spark;
import dev.elbo.linear.Conventions.SparkSolver;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The algebra of the conventions, by fitting what the other tool fits inside. {@link
 * GoldenGlmnetTest}, {@link GoldenSparkTest} and {@link GoldenSmileTest} have the tools' own
 * results.
 */
class ConventionsTest {
  private static final double[][] X = Samples.normal(40, 8, 41);
  private static final double[] Y =
      Arrays.stream(Samples.target(X, 3, 42)).map(value -> 7 * value).toArray();

  private static double deviation(double[] values, double divisor) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / divisor);
  }

  /** Columns over their deviations, y over its own, then back. */
  private static double[] inside(double l1, double l2, double divisor, double yScale) {
    double[][] columns = new double[8][];
    double[] deviations = new double[8];
    for (int j = 0; j < 8; j++) {
      double[] column = Matrix.of(X).column(j);
      double own = deviation(column, divisor);
      deviations[j] = own;
      columns[j] = Arrays.stream(column).map(value -> value / own).toArray();
    }
    double[] y = Arrays.stream(Y).map(value -> value / yScale).toArray();
    double[] b =
        ElasticNet.of(l1 + l2, l1 / (l1 + l2))
            .tolerance(1e-14)
            .fit(Matrix.ofColumns(columns), y)
            .coefficients();
    for (int j = 0; j < 8; j++) {
      b[j] *= yScale / deviations[j];
    }
    return b;
  }

  @Test
  void sparkScalesFeaturesAndLabelByTheirDeviations() {
    for (SparkSolver solver : SparkSolver.values()) {
      int over = solver == SparkSolver.NORMAL ? 40 : 39;
      double yStd = deviation(Y, over);
      double effective = 0.9 / yStd;
      double[] expected = inside(effective * 0.7, effective * 0.3, over, yStd);
      Spark spark = new Spark(0.9, 0.7, true, solver);
      double[] ones = new double[40];
      Arrays.fill(ones, 1);
      ElasticNet net = Conventions.fromSpark(spark, Y, ones);
      Samples.assertClose(net.tolerance(1e-14).fit(X, Y).coefficients(), expected, 1e-6);
    }
  }

  @Test
  void glmnetScalesFeaturesAndTargetByTheirDeviationsOverN() {
    double deviation = deviation(Y, 40);
    double[] expected = inside(0.9 / deviation * 0.7, 0.9 / deviation * 0.3, 40, deviation);
    ElasticNet net = Conventions.fromGlmnet(0.9, 0.7, Y);
    Samples.assertClose(net.tolerance(1e-14).fit(X, Y).coefficients(), expected, 1e-6);
  }

  @Test
  void smileHasNoNAndNoHalf() {
    double[] expected = inside(30 / 80.0, 8 / 40.0, 40, 1);
    ElasticNet net = Conventions.fromSmile(30, 8, 40);
    Samples.assertClose(net.tolerance(1e-14).fit(X, Y).coefficients(), expected, 1e-6);
    assertThat(Conventions.toSmile(net, 40).lambda1()).isCloseTo(30, within(1e-12));
    assertThat(Conventions.toSmile(net, 40).lambda2()).isCloseTo(8, within(1e-12));
  }

  @Test
  void thereAndBackAgain() {
    Conventions.Glmnet binomial =
        Conventions.toGlmnetBinomial(Conventions.fromGlmnetBinomial(0.2, 0.3), 40);
    assertThat(binomial.lambda()).isCloseTo(0.2, within(1e-15));
    assertThat(binomial.mixing()).isCloseTo(0.3, within(1e-15));
    Conventions.Glmnet poisson =
        Conventions.toGlmnetPoisson(Conventions.fromGlmnetPoisson(0.2, 0.3));
    assertThat(poisson.lambda()).isCloseTo(0.2, within(1e-15));
    assertThat(poisson.mixing()).isCloseTo(0.3, within(1e-15));
    assertThat(Conventions.toGlmnet(ElasticNet.of(0, 0.5), Y).lambda()).isZero();
    assertThat(Conventions.toGlmnet(ElasticNet.of(1, 1), Y).standardize()).isFalse();
    assertThat(Conventions.toGlmnet(ElasticNet.of(1, 1).standardize(true), Y).standardize())
        .isTrue();
  }

  @Test
  void penaltyFactorsAreDividedByTheirMean() {
    assertThat(Conventions.fromGlmnetPenaltyFactors(1, 0, 3, 4)).containsExactly(0.5, 0, 1.5, 2);
  }

  /** glmnet 4.1-6 sets an infinite factor to 1 before it divides by the mean. */
  @Test
  void anInfinitePenaltyFactorCountsAsOneInTheirMean() {
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(Conventions.fromGlmnetPenaltyFactors(1, 0, infinite, 6))
        .containsExactly(0.5, 0, infinite, 3);
  }

  @Test
  void factorsGoToGlmnetAsTheyAreAndLambdaTimesTheirMean() {
    ElasticNet net = ElasticNet.of(0.2, 1).penaltyFactors(1, 0, Double.POSITIVE_INFINITY, 6);
    double lambda = Conventions.toGlmnet(net, Y).lambda();
    assertThat(lambda).isCloseTo(0.4, within(1e-15));
    double[] factors = Conventions.fromGlmnetPenaltyFactors(1, 0, Double.POSITIVE_INFINITY, 6);
    assertThat(lambda * factors[0]).as("what glmnet penalises").isCloseTo(0.2, within(1e-15));
    PoissonRegression poisson = PoissonRegression.of(0.2).penaltyFactors(2, 4);
    assertThat(Conventions.toGlmnetPoisson(poisson).lambda()).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void noPenaltyIsNoPenalty() {
    double[] ones = new double[40];
    Arrays.fill(ones, 1);
    double[] classes = new double[40];
    Arrays.setAll(classes, i -> i % 2);
    Matrix x = Matrix.of(X);
    double[] expected = LogisticRegression.ofAlpha(0).fit(x, classes).coefficients();
    for (LogisticRegression estimator :
        List.of(
            Conventions.fromGlmnetBinomial(0, 1),
            Conventions.fromSparkLogistic(0, 0, true, ones),
            Conventions.fromSmileLogistic(0))) {
      Samples.assertClose(estimator.fit(x, classes).coefficients(), expected, 1e-6);
    }
    assertThat(Conventions.toSparkLogistic(Conventions.fromSmileLogistic(0), ones).regParam())
        .isZero();
    assertThat(Conventions.toSmileLogistic(Conventions.fromSmileLogistic(0), 40)).isZero();
    assertThat(Conventions.toGlmnetBinomial(Conventions.fromSmileLogistic(0), 40).lambda())
        .isZero();
  }

  private static void refuses(Supplier<?> conversion, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(conversion.get()).isNotNull())
        .withMessage("Conventions." + message + ". No parameter of the other tool says the same.");
  }

  @Test
  void whatTheOtherToolDoesNotHaveIsRefused() {
    double[] ones = new double[40];
    Arrays.fill(ones, 1);
    refuses(
        () -> Conventions.toSmile(ElasticNet.of(1, 0.5), 40),
        "toSmile: expected standardize(true), as Smile standardises columns, received"
            + " ElasticNet.of(1.0, 0.5)");
    ElasticNet factored = ElasticNet.of(1, 0.5).standardize(true).penaltyFactors(1, 2);
    String noFactors =
        ": expected no penalty factors, which the other tool does not have, received ";
    String settings = ".standardize(true).penaltyFactors(2 values)";
    refuses(
        () -> Conventions.toSmile(factored, 40),
        "toSmile" + noFactors + "ElasticNet.of(1.0, 0.5)" + settings);
    refuses(
        () -> Conventions.toSpark(factored, Y),
        "toSpark" + noFactors + "ElasticNet.of(1.0, 0.5)" + settings);
    LogisticRegression logistic = LogisticRegression.ofAlpha(1);
    refuses(
        () -> Conventions.toSparkLogistic(logistic.penaltyFactors(1), ones),
        "toSparkLogistic" + noFactors + "LogisticRegression.ofAlpha(1.0).penaltyFactors(1 values)");
    refuses(
        () -> Conventions.toSmileLogistic(logistic.l1Ratio(0.5), 40),
        "toSmileLogistic: expected an l1Ratio of 0, as Smile has no |b|_1 there, received"
            + " LogisticRegression.ofAlpha(1.0).l1Ratio(0.5)");
    refuses(
        () -> Conventions.toSmileLogistic(logistic.standardize(true), 40),
        "toSmileLogistic: expected standardize(false), as Smile penalises coefficients in the units"
            + " of the columns there, received"
            + " LogisticRegression.ofAlpha(1.0).standardize(true)");
    PoissonRegression poisson = PoissonRegression.of(1);
    refuses(
        () -> Conventions.toSparkPoisson(poisson.l1Ratio(1), ones, ones),
        "toSparkPoisson: expected an l1Ratio of 0, as Spark has no |b|_1 there, received"
            + " PoissonRegression.of(1.0).l1Ratio(1.0)");
    refuses(
        () -> Conventions.toSparkPoisson(poisson.standardize(true), ones, ones),
        "toSparkPoisson: expected standardize(false), as Spark penalises coefficients in the units"
            + " of the columns there, received PoissonRegression.of(1.0).standardize(true)");
    refuses(
        () -> Conventions.toSparkPoisson(poisson.fitIntercept(false), ones, ones),
        "toSparkPoisson: expected an intercept, without which the rates do not sum to the counts,"
            + " received PoissonRegression.of(1.0).fitIntercept(false)");
  }
}
