package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Inputs that other tools are blamed for: the certificate holds, or the failure is named. */
class HardInputsTest {
  private static final double[][] X = Samples.normal(60, 12, 21);
  private static final double[] Y = Samples.target(X, 4, 22);

  private static void assertCertified(LinearModel model, double[] y, double tolerance) {
    double mean = Arrays.stream(y).average().orElseThrow();
    double scale =
        Arrays.stream(y).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    assertThat(model.converged()).as(model.toString()).isTrue();
    assertThat(model.dualityGap()).as(model.toString()).isBetween(0.0, tolerance * scale);
  }

  @Test
  void nearlyTheSameColumns() {
    double[][] noise = Samples.normal(60, 12, 23);
    for (double apart : new double[] {1e-3, 1e-6, 1e-9, 0}) {
      double[][] x = new double[60][12];
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 12; j++) {
          x[i][j] = X[i][j / 6] + apart * noise[i][j];
        }
      }
      for (double alpha : new double[] {0.5, 0.01, 1e-4}) {
        assertCertified(Lasso.of(alpha).fit(x, Y), Y, 1e-9);
        assertCertified(ElasticNet.of(alpha, 0.5).fit(x, Y), Y, 1e-9);
      }
      LinearModel ridge = Ridge.of(0.1).fit(x, Y);
      assertThat(ridge.kktResidual()).isLessThan(1e-9);
    }
  }

  @Test
  void columnsFromTheSmallestToTheLargest() {
    double[][] x = new double[60][12];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 12; j++) {
        x[i][j] = X[i][j] * Math.pow(10, -8 + 16 * j / 11.0);
      }
    }
    for (double alpha : new double[] {1, 1e-3, 1e-6}) {
      assertCertified(Lasso.of(alpha).fit(x, Y), Y, 1e-9);
    }
    LinearModel scaled = Lasso.of(0.1).standardize(true).tolerance(1e-12).fit(x, Y);
    LinearModel plain = Lasso.of(0.1).standardize(true).tolerance(1e-12).fit(X, Y);
    assertCertified(scaled, Y, 1e-12);
    for (int j = 0; j < 12; j++) {
      double unit = Math.pow(10, -8 + 16 * j / 11.0);
      assertThat(scaled.coefficients()[j] * unit).isCloseTo(plain.coefficients()[j], within(1e-5));
    }
    GeneralizedModel logistic =
        LogisticRegression.of(1)
            .l1Ratio(1)
            .standardize(true)
            .fit(x, Arrays.stream(Y).map(value -> value > 1 ? 1 : 0).toArray());
    assertThat(logistic.converged()).as(logistic.toString()).isTrue();
  }

  /** All is a power of two larger or smaller: coefficients are the same. */
  @Test
  void valuesNearTheLimitsOfTheirSize() {
    for (double unit : new double[] {0x1p240, 0x1p-240}) {
      double[][] x = Arrays.stream(X).map(row -> times(unit, row)).toArray(double[][]::new);
      double[] y = times(unit, Y);
      assertSame(LinearRegression.of().fit(x, y), LinearRegression.of().fit(X, Y));
      assertSame(Lasso.of(0.1 * unit * unit).fit(x, y), Lasso.of(0.1).fit(X, Y));
      assertSame(Ridge.of(3 * unit * unit).fit(x, y), Ridge.of(3).fit(X, Y));
      RegularizationPath path = RegularizationPath.of(Ridge::of);
      assertSame(
          path.alphas(3 * unit * unit).fit(x, y).getFirst().model(),
          path.alphas(3).fit(X, Y).getFirst().model());
    }
  }

  private static double[] times(double unit, double[] values) {
    return Arrays.stream(values).map(value -> unit * value).toArray();
  }

  private static void assertSame(LinearModel one, LinearModel other) {
    assertThat(one.converged()).as(one.toString()).isTrue();
    Samples.assertClose(one.coefficients(), other.coefficients(), 1e-12);
  }

  @Test
  void aLargeMeanOfTargetAndColumns() {
    double[] y = Arrays.stream(Y).map(value -> value + 1e8).toArray();
    double[][] x = new double[60][12];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 12; j++) {
        x[i][j] = X[i][j] + 1e6;
      }
    }
    LinearModel model = Lasso.of(0.1).fit(x, y);
    assertCertified(model, y, 1e-9);
    Samples.assertClose(model.coefficients(), Lasso.of(0.1).fit(X, Y).coefficients(), 1e-3);
  }

  @Test
  void moreThanFiftyThousandFeatures() {
    double[][] x = Samples.normal(40, 60_000, 24);
    double[] y = Samples.target(x, 5, 25);
    LinearModel model = Lasso.of(1.5).fit(x, y);
    assertCertified(model, y, 1e-9);
    assertThat(model.nonZeros()).isBetween(1, 40);
    int known = model.certificate().features(Proof.ZERO).length;
    assertThat(known).isGreaterThan(59_000);
  }

  @Test
  void columnsOfZerosAmongOthers() {
    double[][] x = new double[60][24];
    for (int i = 0; i < 60; i++) {
      System.arraycopy(X[i], 0, x[i], 6, 12);
    }
    LinearModel model = Lasso.of(0.1).fit(x, Y);
    assertCertified(model, Y, 1e-9);
    double[] b = model.coefficients();
    Samples.assertClose(Arrays.copyOfRange(b, 6, 18), Lasso.of(0.1).fit(X, Y).coefficients(), 1e-3);
    assertThat(Arrays.copyOfRange(b, 0, 6)).containsOnly(0);
    double[][] zeros = new double[60][3];
    assertThat(Lasso.of(0.1).fit(zeros, Y).coefficients()).containsOnly(0);
    assertThat(Ridge.of(0.1).fit(zeros, Y).coefficients()).containsOnly(0);
    assertThat(LinearRegression.of().fit(zeros, Y).coefficients()).containsOnly(0);
  }

  @Test
  void classesThatALineParts() {
    double[] y = new double[60];
    for (int i = 0; i < 60; i++) {
      y[i] = X[i][0] > 0 ? 1 : 0;
    }
    for (double ratio : new double[] {0, 0.5, 1}) {
      GeneralizedModel model = LogisticRegression.of(1e4).l1Ratio(ratio).fit(X, y);
      assertThat(model.converged()).as(model.toString()).isTrue();
      assertThat(model.score(X, y)).isEqualTo(1);
    }
  }
}
