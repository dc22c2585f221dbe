package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that are legal and unusual. */
class EdgeCaseTest {
  private static final double[][] X = Samples.normal(30, 6, 1);
  private static final double[] Y = Samples.target(X, 3, 2);

  static List<LinearEstimator<?>> estimators() {
    return List.of(
        LinearRegression.of(),
        Ridge.of(1),
        Lasso.of(0.1),
        ElasticNet.of(0.1, 0.5),
        ElasticNet.of(0.1, 0),
        Lasso.of(0),
        Lasso.of(0.1).positive(true),
        LinearRegression.of().positive(true));
  }

  private static double[][] with(double[][] x, int column, DoubleUnaryOperator f) {
    double[][] changed = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      changed[i] = x[i].clone();
      changed[i][column] = f.applyAsDouble(x[i][column]);
    }
    return changed;
  }

  @Test
  void elasticNetIsLassoAtOneAndRidgeAtZero() {
    LinearModel net = ElasticNet.of(0.1, 1).fit(X, Y);
    assertThat(net.coefficients()).isEqualTo(Lasso.of(0.1).fit(X, Y).coefficients());
    LinearModel ridge = Ridge.of(0.1 * 30).fit(X, Y);
    Samples.assertClose(
        ElasticNet.of(0.1, 0).fit(X, Y).coefficients(), ridge.coefficients(), 1e-12);
  }

  @Test
  void withoutAPenaltyEachIsLeastSquares() {
    double[] expected = LinearRegression.of().fit(X, Y).coefficients();
    for (LinearEstimator<?> estimator :
        List.of(Ridge.of(0), Lasso.of(0), ElasticNet.of(0, 0.5), ElasticNet.of(0, 0))) {
      assertThat(estimator.fit(X, Y).coefficients()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aConstantColumnGetsZero(LinearEstimator<?> estimator) {
    LinearModel model = estimator.fit(with(X, 2, value -> 0.1), Y);
    assertThat(model.coefficients()[2]).isZero();
    assertThat(model.coefficients()[0]).isNotZero();
    assertThat(model.converged()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aColumnOfZerosGetsZeroWithoutAnIntercept(LinearEstimator<?> estimator) {
    LinearModel model = estimator.fitIntercept(false).fit(with(X, 2, value -> 0), Y);
    assertThat(model.coefficients()[2]).isZero();
    assertThat(model.intercept()).isZero();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aConstantTargetIsTheIntercept(LinearEstimator<?> estimator) {
    double[] y = new double[X.length];
    Arrays.fill(y, 0.1);
    LinearModel model = estimator.fit(X, y);
    assertThat(model.coefficients()).containsOnly(0);
    assertThat(model.intercept()).isEqualTo(0.1);
    assertThat(model.converged()).isTrue();
    assertThat(model.score(X, y)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void oneFeatureAndOneSampleAreEnough(LinearEstimator<?> estimator) {
    assertThat(estimator.fit(new double[][] {{2}}, new double[] {3}).intercept()).isEqualTo(3);
    double[][] x = {{0}, {1}, {2}};
    LinearModel model = estimator.fit(x, new double[] {1, 3, 5});
    assertThat(model.coefficients()[0]).isBetween(0.9, 2 + 1e-9);
    assertThat(model.predict(new double[][] {{1}})).containsExactly(new double[] {3}, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void duplicatedColumnsPredictWhatOneDoes(LinearEstimator<?> estimator) {
    double[][] twice = new double[X.length][];
    for (int i = 0; i < X.length; i++) {
      twice[i] = Arrays.copyOf(X[i], 7);
      twice[i][6] = X[i][0];
    }
    LinearModel model = estimator.tolerance(1e-12).fit(twice, Y);
    assertThat(model.converged()).as(model.toString()).isTrue();
    assertThat(Arrays.stream(model.coefficients()).allMatch(Double::isFinite)).isTrue();
    if (estimator instanceof Lasso || estimator instanceof LinearRegression) {
      LinearModel once = estimator.tolerance(1e-12).fit(X, Y);
      Samples.assertClose(model.predict(twice), once.predict(X), 1e-5);
    }
  }

  @Test
  void moreFeaturesThanSamples() {
    double[][] x = Samples.normal(20, 200, 3);
    double[] y = Samples.target(x, 4, 4);
    LinearModel lasso = Lasso.of(0.2).tolerance(1e-12).fit(x, y);
    assertThat(lasso.converged()).as(lasso.toString()).isTrue();
    assertThat(lasso.nonZeros()).isBetween(1, 20);
    assertThat(lasso.kktResidual()).isLessThan(1e-5);
    assertThat(lasso.certificate().isComplete()).as(lasso.certificate().toString()).isTrue();
    assertThat(lasso.certificate().features(Proof.NON_ZERO)).isEqualTo(lasso.support());
    LinearModel ridge = Ridge.of(0.5).fit(x, y);
    assertThat(ridge.kktResidual()).isLessThan(1e-12);
    assertThat(ridge.nonZeros()).isEqualTo(200);
    assertThat(LinearRegression.of().fit(x, y).score(x, y)).isCloseTo(1, within(1e-12));
  }

  @Test
  void columnsOfVeryDifferentScales() {
    double[][] x = with(with(X, 0, value -> 1e8 * value), 1, value -> 1e-8 * value);
    double[] b = LinearRegression.of().fit(x, Y).coefficients();
    double[] expected = LinearRegression.of().fit(X, Y).coefficients();
    assertThat(b[0] * 1e8).isCloseTo(expected[0], within(1e-9));
    assertThat(b[1] * 1e-8).isCloseTo(expected[1], within(1e-9));
    assertThat(Lasso.of(0.01).fit(x, Y).converged()).isTrue();
  }

  @Test
  void aLargeTargetMeanChangesNothing() {
    double[] moved = Arrays.stream(Y).map(value -> value + 1e9).toArray();
    double[] b = Lasso.of(0.1).tolerance(1e-10).fit(X, moved).coefficients();
    Samples.assertClose(b, Lasso.of(0.1).tolerance(1e-10).fit(X, Y).coefficients(), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aWeightOfTwoIsTheSampleTwice(LinearEstimator<?> estimator) {
    double[] weights = new double[30];
    Arrays.fill(weights, 1);
    weights[3] = 2;
    weights[5] = 0;
    double[][] x = X.clone();
    double[] y = Y.clone();
    x[5] = x[3];
    y[5] = y[3];
    LinearModel weighted = estimator.tolerance(1e-13).fit(X, Y, weights);
    LinearModel repeated = estimator.tolerance(1e-13).fit(x, y);
    Samples.assertClose(weighted.coefficients(), repeated.coefficients(), 1e-6);
    assertThat(weighted.score(Matrix.of(X), Y, weights))
        .isCloseTo(repeated.score(x, y), within(1e-9));
  }

  @Test
  void aFactorOfZeroLeavesAFeatureUnpenalised() {
    for (PenalizedEstimator<?> estimator :
        List.of(Lasso.of(1e6), Ridge.of(1e12), ElasticNet.of(1e6, 0.5))) {
      LinearModel model = estimator.penaltyFactors(1, 1, 1, 1, 0, 1).fit(X, Y);
      double[][] alone = new double[X.length][];
      for (int i = 0; i < X.length; i++) {
        alone[i] = new double[] {X[i][4]};
      }
      double expected = LinearRegression.of().fit(alone, Y).coefficients()[0];
      assertThat(model.coefficients()[4]).isCloseTo(expected, within(1e-9));
      assertThat(model.certificate().proofs().get(4)).isEqualTo(Proof.UNPENALISED);
    }
  }

  @Test
  void aFactorThatIsInfiniteLeavesAFeatureOutEvenWithoutAPenalty() {
    double inf = Double.POSITIVE_INFINITY;
    double[] factors = {1, inf, 1, 1, 0, inf};
    double[][] kept = new double[X.length][];
    for (int i = 0; i < X.length; i++) {
      kept[i] = new double[] {X[i][0], X[i][2], X[i][3], X[i][4]};
    }
    double[] alone = LinearRegression.of().fit(kept, Y).coefficients();
    double[] expected = {alone[0], 0, alone[1], alone[2], alone[3], 0};
    for (PenalizedEstimator<?> estimator :
        List.of(Ridge.of(0), Lasso.of(0), ElasticNet.of(0, 0.5), Mcp.of(0))) {
      LinearModel model = estimator.penaltyFactors(factors).fit(X, Y);
      Samples.assertClose(model.coefficients(), expected, 1e-9);
      assertThat(model.certificate().features(Proof.ZERO)).containsExactly(1, 5);
      assertThat(model.certificate().features(Proof.UNPENALISED)).containsExactly(0, 2, 3, 4);
      LinearModel none = estimator.penaltyFactors(inf, inf, inf, inf, inf, inf).fit(X, Y);
      assertThat(none.coefficients()).containsOnly(0);
      assertThat(none.intercept())
          .isCloseTo(Arrays.stream(Y).average().orElseThrow(), within(1e-12));
      assertThat(none.converged()).isTrue();
    }
    LinearModel last =
        RegularizationPath.of(alpha -> Lasso.of(alpha).penaltyFactors(factors))
            .alphas(0.1, 0)
            .fit(X, Y)
            .getLast()
            .model();
    Samples.assertClose(last.coefficients(), expected, 1e-9);
    LinearModel adaptive = AdaptiveLasso.of(0, last).fit(X, Y);
    assertThat(adaptive.support()).containsExactly(0, 2, 3, 4);
  }

  @Test
  void factorsScaleThePenalty() {
    double[] twos = {2, 2, 2, 2, 2, 2};
    assertThat(Lasso.of(0.1).penaltyFactors(twos).fit(X, Y).coefficients())
        .isEqualTo(Lasso.of(0.2).fit(X, Y).coefficients());
  }

  @Test
  void aWarmStartEndsSoonerAtTheSameOptimum() {
    Lasso lasso = Lasso.of(0.05).tolerance(1e-12);
    LinearModel cold = lasso.fit(X, Y);
    LinearModel warm = lasso.warmStart(cold).fit(X, Y);
    assertThat(warm.iterations()).isLessThan(cold.iterations());
    Samples.assertClose(warm.coefficients(), cold.coefficients(), 1e-6);
  }

  @Test
  void tensorsAreTakenAndGiven() {
    double[] flat = Arrays.stream(X).flatMapToDouble(Arrays::stream).toArray();
    Tensor x = Tensor.of(flat, Shape.of(30, 6));
    LinearModel model = Lasso.of(0.1).fit(x, Tensor.of(Y, Shape.of(30, 1)));
    assertThat(model.coefficients()).isEqualTo(Lasso.of(0.1).fit(X, Y).coefficients());
    assertThat(model.predict(x).toDoubles()).isEqualTo(model.predict(X));
    assertThat(Lasso.of(0.1).fit(x.cast(DType.FLOAT32), Tensor.of(Y)).nonZeros()).isPositive();
  }
}
