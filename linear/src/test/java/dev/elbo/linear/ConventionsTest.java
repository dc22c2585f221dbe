package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.Conventions.Spark;
import dev.elbo.linear.Conventions.SparkSolver;
import java.util.Arrays;
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
        Conventions.toGlmnetBinomial(Conventions.fromGlmnetBinomial(0.2, 0.3, 40), 40);
    assertThat(binomial.lambda()).isCloseTo(0.2, within(1e-15));
    assertThat(binomial.mixing()).isCloseTo(0.3, within(1e-15));
    Conventions.Glmnet poisson =
        Conventions.toGlmnetPoisson(Conventions.fromGlmnetPoisson(0.2, 0.3));
    assertThat(poisson.lambda()).isCloseTo(0.2, within(1e-15));
    assertThat(poisson.mixing()).isCloseTo(0.3, within(1e-15));
    assertThat(Conventions.toGlmnet(ElasticNet.of(0, 0.5), Y).lambda()).isZero();
  }

  @Test
  void penaltyFactorsAreDividedByTheirMean() {
    assertThat(Conventions.fromGlmnetPenaltyFactors(1, 0, 3, 4)).containsExactly(0.5, 0, 1.5, 2);
  }
}
