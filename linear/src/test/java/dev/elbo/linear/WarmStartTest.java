package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.internal.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits that begin at models of other problems, which may be far off or not allowed. */
class WarmStartTest {
  private static final int N = 80;
  private static final double[][] X = Samples.normal(N, 8, 61);
  private static final double[] Y = Samples.target(X, 4, 62);
  private static final double[] CLASSES = new double[N];
  private static final double[] COUNTS = new double[N];

  static {
    double[][] noise = Samples.normal(N, 2, 63);
    for (int i = 0; i < N; i++) {
      CLASSES[i] = Y[i] + 3 * noise[i][0] > 1 ? 1 : 0;
      COUNTS[i] = Math.floor(Math.exp(0.3 * Y[i] + 0.5 * noise[i][1]));
    }
  }

  static Stream<Arguments> families() {
    return Stream.of(0.0, 0.5, 1.0)
        .flatMap(ratio ->
            Stream.of(
                Arguments.of(LogisticRegression.ofAlpha(0.01).l1Ratio(ratio), CLASSES),
                Arguments.of(PoissonRegression.of(0.02).l1Ratio(ratio), COUNTS),
                Arguments.of(HuberRegression.of(1).l1Ratio(ratio), Y),
                Arguments.of(ElasticNet.of(0.02, ratio), Y)));
  }

  @ParameterizedTest
  @MethodSource("families")
  void aStartOutsideTheBoundsEndsWithinThem(FeaturewiseEstimator<?> estimator, double[] y) {
    LinearModel free = fit(estimator, y);
    assertThat(Arrays.stream(free.coefficients()).min().orElseThrow()).isLessThan(-0.1);

    assertSame(estimator.positive(true), free, y, 0, Double.POSITIVE_INFINITY);
    assertSame(estimator.bounds(-0.05, 0.1), free, y, -0.05, 0.1);
  }

  private static void assertSame(
      FeaturewiseEstimator<?> held, LinearModel start, double[] y, double low, double high) {
    LinearModel cold = fit(held, y);
    LinearModel warm = fit(held.warmStart(start), y);

    for (double coefficient : warm.coefficients()) {
      assertThat(coefficient).isBetween(low, high);
    }
    assertThat(warm.converged()).as(warm.toString()).isTrue();
    Samples.assertClose(warm.coefficients(), cold.coefficients(), 1e-4);
    assertThat(warm.intercept()).isCloseTo(cold.intercept(), within(1e-4));
  }

  private static LinearModel fit(FeaturewiseEstimator<?> estimator, double[] y) {
    return switch (estimator) {
      case LinearEstimator<?> own -> own.fit(X, y);
      case GeneralizedEstimator<?> own -> own.fit(X, y).linear();
    };
  }

  /** All coefficients 0. */
  private static LinearModel constant(double intercept) {
    double[] y = new double[N];
    Arrays.fill(y, intercept);
    return Lasso.of(1).fit(X, y);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-800, -700, -40, -9, 9, 40, 700, 800})
  void aLogisticFitFarFromItsInterceptFindsIt(double far) {
    for (double ratio : new double[] {0, 1}) {
      LogisticRegression strong = LogisticRegression.ofAlpha(1_000).l1Ratio(ratio);
      GeneralizedModel cold = strong.fit(X, CLASSES);
      GeneralizedModel warm = strong.warmStart(constant(far)).fit(X, CLASSES);

      assertThat(warm.converged()).as(warm.toString()).isTrue();
      assertThat(warm.intercept()).isCloseTo(cold.intercept(), within(1e-5));
      assertThat(warm.certificate().dualityGap()).isLessThan(1e-9);
      assertThat(sumOfSlopes(warm)).isLessThan(1e-12);
    }
  }

  private static double sumOfSlopes(GeneralizedModel model) {
    double sum = 0;
    double[] predicted = model.predict(X);
    for (int i = 0; i < N; i++) {
      sum += (predicted[i] - CLASSES[i]) / N;
    }
    return Math.abs(sum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-800, -40, -9, 9, 40})
  void aPoissonFitFarFromItsInterceptFindsIt(double far) {
    PoissonRegression strong = PoissonRegression.of(1_000).l1Ratio(1);
    GeneralizedModel warm = strong.warmStart(constant(far)).fit(X, COUNTS);

    assertThat(warm.converged()).as(warm.toString()).isTrue();
    double mean = Vectors.dot(COUNTS, Vectors.ones(N)) / N;
    assertThat(warm.intercept()).isCloseTo(Math.log(mean), within(1e-9));
  }
}
