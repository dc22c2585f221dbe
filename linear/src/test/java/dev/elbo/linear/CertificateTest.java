package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What loose fits claim about the minimum, against fits that are as tight as they can be. */
class CertificateTest {
  private static final int N = 150;
  private static final double[][] X = Samples.normal(N, 12, 51);
  private static final double[] Y = Samples.target(X, 4, 52);
  private static final double[] CLASSES = new double[N];
  private static final double[] COUNTS = new double[N];
  private static final double[] WEIGHTS = new double[N];

  static {
    double[][] noise = Samples.normal(N, 3, 53);
    for (int i = 0; i < N; i++) {
      X[i][3] *= 20; // of no one scale
      X[i][5] += 3;
      CLASSES[i] = Y[i] + 3 * noise[i][0] > 1 ? 1 : 0;
      COUNTS[i] = Math.floor(Math.exp(0.3 * Y[i] + 0.5 * noise[i][1]));
      WEIGHTS[i] = i % 11 == 0 ? 0 : Math.exp(0.5 * noise[i][2]);
    }
  }

  private record Case(
      String name, double[] y, DoubleFunction<GeneralizedEstimator<?>> byTolerance) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(1.0, 0.5)
        .flatMap(ratio ->
            Stream.of(true, false)
                .flatMap(intercept ->
                    Stream.of(
                        new Case(
                            "logistic " + ratio + " " + intercept,
                            CLASSES,
                            tolerance ->
                                LogisticRegression.ofAlpha(0.03)
                                    .l1Ratio(ratio)
                                    .fitIntercept(intercept)
                                    .tolerance(tolerance)),
                        new Case(
                            "poisson " + ratio + " " + intercept,
                            COUNTS,
                            tolerance ->
                                PoissonRegression.of(0.05)
                                    .l1Ratio(ratio)
                                    .fitIntercept(intercept)
                                    .tolerance(tolerance)))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void claimsOfLooseFitsAreTrue(Case own) {
    Matrix x = Matrix.of(X);
    for (double[] weights : new double[][] {WEIGHTS, ones()}) {
      double[] best = own.byTolerance().apply(1e-15).fit(x, own.y(), weights).coefficients();
      boolean everKnown = false;
      for (double tolerance : new double[] {0.3, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9}) {
        GeneralizedModel model = own.byTolerance().apply(tolerance).fit(x, own.y(), weights);
        Certificate certificate = model.certificate();
        double[] b = model.coefficients();
        double square = 0;
        for (int j = 0; j < b.length; j++) {
          square += (b[j] - best[j]) * (b[j] - best[j]);
        }
        assertThat(Math.sqrt(square))
            .as("%s at %s", own, tolerance)
            .isLessThanOrEqualTo(certificate.radius() + 1e-6);
        everKnown |= Double.isFinite(certificate.radius());
        for (int j : certificate.features(Proof.ZERO)) {
          assertThat(best[j]).as("%s at %s: %s", own, tolerance, j).isZero();
        }
        for (int j : certificate.features(Proof.NON_ZERO)) {
          assertThat(Math.signum(best[j]))
              .as("%s at %s: %s", own, tolerance, j)
              .isEqualTo(Math.signum(b[j]))
              .isNotZero();
        }
      }
      assertThat(everKnown).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tightFitsAreKnownEntirely(Case own) {
    GeneralizedModel model = own.byTolerance().apply(1e-12).fit(X, own.y());

    assertThat(model.converged()).isTrue();
    assertThat(model.certificate().dualityGap()).isBetween(0.0, 1e-11);
    assertThat(model.certificate().isComplete()).as(model.toString()).isTrue();
    assertThat(model.certificate().features(Proof.NON_ZERO)).isEqualTo(model.linear().support());
    double[] b = model.coefficients();
    assertThat(model.certificate().features(Proof.ZERO))
        .isEqualTo(IntStream.range(0, b.length).filter(j -> b[j] == 0).toArray());
  }

  private static double[] ones() {
    double[] ones = new double[N];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void moreFeaturesThanSamples() {
    double[][] wide = Samples.normal(60, 200, 54);
    double[] y = Samples.target(wide, 4, 55);
    double[] classes = Arrays.stream(y).map(value -> value > 1 ? 1 : 0).toArray();
    double[] counts = Arrays.stream(y).map(value -> Math.floor(Math.exp(0.3 * value))).toArray();
    GeneralizedModel logistic =
        LogisticRegression.ofAlpha(0.1).l1Ratio(1).tolerance(1e-12).fit(wide, classes);
    GeneralizedModel poisson =
        PoissonRegression.of(0.4).l1Ratio(1).tolerance(1e-12).fit(wide, counts);

    assertThat(logistic.certificate().isComplete()).as(logistic.toString()).isTrue();
    assertThat(poisson.certificate().isComplete()).as(poisson.toString()).isTrue();
    assertThat(poisson.certificate().features(Proof.ZERO).length).isGreaterThan(150);
  }

  @Test
  void repeatedColumnsStayOpen() {
    double[][] twice = new double[N][];
    for (int i = 0; i < N; i++) {
      twice[i] = new double[] {X[i][0], X[i][0], X[i][1]};
    }
    Certificate certificate =
        LogisticRegression.ofAlpha(0.02)
            .l1Ratio(1)
            .tolerance(1e-12)
            .fit(twice, CLASSES)
            .certificate();

    assertThat(certificate.radius()).isInfinite();
    assertThat(certificate.features(Proof.NON_ZERO)).isEmpty();
  }

  @Test
  void aConstantTargetOfCounts() {
    double[] y = new double[N];
    Arrays.fill(y, 3);
    for (double ratio : new double[] {1, 0.5, 0}) {
      GeneralizedModel model = PoissonRegression.of(0.1).l1Ratio(ratio).fit(X, y);
      assertThat(model.converged()).as(model.toString()).isTrue();
      assertThat(model.predict(X)[0]).isBetween(3 - 1e-9, 3 + 1e-9);
    }
  }

  @Test
  void ofHuberNothingIsProven() {
    Certificate certificate = HuberRegression.of(5).l1Ratio(1).fit(X, Y).certificate();

    assertThat(certificate.dualityGap()).isNaN();
    assertThat(certificate.radius()).isInfinite();
    assertThat(certificate.features(Proof.OPEN)).hasSize(12);
  }

  // ---- groups and several targets ---------------------------------------------------------------

  private static final int[][] GROUPS = {{0, 1, 2}, {3, 4}, {5}, {6, 7, 8}, {9, 10, 11}};

  @Test
  void groupsAreProvenAsAWhole() {
    double[] best = GroupLasso.of(0.5, GROUPS).tolerance(1e-16).fit(X, Y).coefficients();
    for (double tolerance : new double[] {0.3, 1e-2, 1e-3, 1e-5, 1e-9}) {
      LinearModel model = GroupLasso.of(0.5, GROUPS).tolerance(tolerance).fit(X, Y);
      Certificate certificate = model.certificate();
      double[] b = model.coefficients();
      double square = 0;
      for (int j = 0; j < b.length; j++) {
        square += (b[j] - best[j]) * (b[j] - best[j]);
      }
      assertThat(Math.sqrt(square)).isLessThanOrEqualTo(certificate.radius() + 1e-7);
      for (int[] group : GROUPS) {
        boolean isZero = Arrays.stream(group).allMatch(j -> best[j] == 0);
        for (int j : group) {
          Proof proof = certificate.proofs().get(j);
          assertThat(proof).isEqualTo(certificate.proofs().get(group[0]));
          assertThat(proof).isNotEqualTo(isZero ? Proof.NON_ZERO : Proof.ZERO);
        }
      }
    }
    LinearModel tight = GroupLasso.of(0.5, GROUPS).tolerance(1e-12).fit(X, Y);
    assertThat(tight.certificate().isComplete()).as(tight.toString()).isTrue();
    assertThat(tight.certificate().features(Proof.NON_ZERO)).contains(0, 1, 2);
    assertThat(tight.certificate().features(Proof.ZERO)).contains(9, 10, 11);
  }

  @Test
  void rowsOfSeveralTargetsAreProven() {
    double[][] targets = new double[N][];
    for (int i = 0; i < N; i++) {
      targets[i] = new double[] {Y[i], CLASSES[i] - 2 * X[i][1], Y[i] + X[i][6]};
    }
    for (double ratio : new double[] {1, 0.5}) {
      double[][] best = several(ratio, 1e-16).fit(X, targets).coefficients();
      for (double tolerance : new double[] {0.3, 1e-2, 1e-4, 1e-9}) {
        MultiTaskModel model = several(ratio, tolerance).fit(X, targets);
        double square = 0;
        for (int j = 0; j < best.length; j++) {
          Proof proof = model.certificate().proofs().get(j);
          boolean isZero = Arrays.stream(best[j]).allMatch(value -> value == 0);
          assertThat(proof).isNotEqualTo(isZero ? Proof.NON_ZERO : Proof.ZERO);
          for (int t = 0; t < 3; t++) {
            square += Math.pow(best[j][t] - model.coefficients()[j][t], 2);
          }
        }
        assertThat(Math.sqrt(square)).isLessThanOrEqualTo(model.certificate().radius() + 1e-7);
      }
      MultiTaskModel tight = several(ratio, 1e-12).fit(X, targets);
      assertThat(tight.certificate().isComplete()).as(tight.toString()).isTrue();
      assertThat(tight.certificate().features(Proof.NON_ZERO)).isEqualTo(tight.support());
    }
  }

  private static MultiTaskElasticNet several(double ratio, double tolerance) {
    return MultiTaskElasticNet.of(0.5, ratio).tolerance(tolerance);
  }

  @Test
  void whatIsRoundingIsNotProven() {
    // Of columns that add up to a constant one is 0, or as near to it as float64 comes.
    double[][] dummies = new double[90][3];
    double[] y = new double[90];
    double[][] noise = Samples.normal(90, 1, 56);
    for (int i = 0; i < 90; i++) {
      dummies[i][i % 3] = 1;
      y[i] = i % 3 + 0.1 * noise[i][0];
    }
    LinearModel model = Lasso.of(0.01).tolerance(0).fit(dummies, y);
    double[] b = model.coefficients();

    assertThat(IntStream.of(model.certificate().features(Proof.NON_ZERO)))
        .allMatch(j -> Math.abs(b[j]) > 1e-9);
  }
}
