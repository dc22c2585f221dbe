package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.internal.NonConvexPenalty;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Penalties without a reference in Debian: KKT, special cases, and the objective from its formula.
 */
class PenaltiesTest {
  private static final double[][] X = Samples.normal(80, 30, 11);
  private static final double[] Y = Samples.target(X, 6, 12);

  private static double loss(LinearModel model) {
    double[] predicted = model.predict(X);
    double sum = 0;
    for (int i = 0; i < Y.length; i++) {
      sum += (Y[i] - predicted[i]) * (Y[i] - predicted[i]);
    }
    return sum / (2 * Y.length);
  }

  private static double mcp(double b, double alpha, double gamma) {
    double t = Math.abs(b);
    return t <= gamma * alpha ? alpha * t - t * t / (2 * gamma) : gamma * alpha * alpha / 2;
  }

  private static double scad(double b, double alpha, double gamma) {
    double t = Math.abs(b);
    if (t <= alpha) {
      return alpha * t;
    }
    return t <= gamma * alpha
        ? (2 * gamma * alpha * t - t * t - alpha * alpha) / (2 * (gamma - 1))
        : alpha * alpha * (gamma + 1) / 2;
  }

  @Test
  void kktHoldsWherePenaltiesAreNotConvex() {
    for (double alpha : new double[] {0.05, 0.2, 1, 2}) {
      for (PenalizedEstimator<?> estimator :
          List.of(
              Mcp.of(alpha), Scad.of(alpha), Mcp.of(alpha, 1.5), Mcp.of(alpha).positive(true))) {
        LinearModel model = estimator.tolerance(1e-12).fit(X, Y);
        assertThat(model.converged()).as(model.toString()).isTrue();
        assertThat(model.kktResidual()).as(model.toString()).isLessThan(1e-9);
        assertThat(model.dualityGap()).isNaN();
        assertThat(model.certificate().features(Proof.ZERO)).isEmpty();
      }
    }
  }

  @Test
  void noSmallMoveOfACoefficientMakesTheObjectiveSmaller() {
    LinearModel first = Mcp.of(0.3).tolerance(1e-13).fit(X, Y);
    LinearModel second = Scad.of(0.3).tolerance(1e-13).fit(X, Y);
    double[] b = first.coefficients();
    double[] c = second.coefficients();
    for (int j = 0; j < 30; j++) {
      for (double move : new double[] {-1e-4, 1e-4}) {
        assertThat(moved(b, first.intercept(), j, move, true))
            .isGreaterThanOrEqualTo(moved(b, first.intercept(), j, 0, true) - 1e-15);
        assertThat(moved(c, second.intercept(), j, move, false))
            .isGreaterThanOrEqualTo(moved(c, second.intercept(), j, 0, false) - 1e-15);
      }
    }
  }

  private static double moved(double[] b, double intercept, int j, double move, boolean isMcp) {
    double[] changed = b.clone();
    changed[j] += move;
    double sum = 0;
    double[] predicted = Matrix.of(X).times(changed, intercept);
    for (int i = 0; i < Y.length; i++) {
      sum += (Y[i] - predicted[i]) * (Y[i] - predicted[i]) / (2 * Y.length);
    }
    for (double value : changed) {
      sum += isMcp ? mcp(value, 0.3, 3) : scad(value, 0.3, 3.7);
    }
    return sum;
  }

  @Test
  void aLargeGammaIsLasso() {
    double[] lasso = Lasso.of(0.2).tolerance(1e-14).fit(X, Y).coefficients();
    Samples.assertClose(Mcp.of(0.2, 1e9).tolerance(1e-13).fit(X, Y).coefficients(), lasso, 1e-6);
    Samples.assertClose(Scad.of(0.2, 1e9).tolerance(1e-13).fit(X, Y).coefficients(), lasso, 1e-6);
  }

  @Test
  void largeCoefficientsAreNotShrunk() {
    LinearModel mcp = Mcp.of(0.25).tolerance(1e-13).fit(X, Y);
    assertThat(mcp.support()).isEqualTo(new int[] {0, 1, 2, 3, 4, 5});
    double[] factors = new double[30];
    for (int j = 6; j < 30; j++) {
      factors[j] = Double.POSITIVE_INFINITY;
    }
    double[] oracle = Lasso.of(1).penaltyFactors(factors).fit(X, Y).coefficients();
    Samples.assertClose(mcp.coefficients(), oracle, 1e-8);
    Samples.assertClose(Scad.of(0.25).tolerance(1e-13).fit(X, Y).coefficients(), oracle, 1e-8);
  }

  @Test
  void proxesAreTheMinimaOfAFineGrid() {
    for (NonConvexPenalty.Kind kind : NonConvexPenalty.Kind.values()) {
      for (double curvature : new double[] {0.2, 0.5, 1, 3}) {
        NonConvexPenalty penalty =
            new NonConvexPenalty(kind, new double[] {0.7}, 2.5, new double[] {1.3}, false);
        for (double point = -6; point <= 6; point += 0.37) {
          double found = penalty.prox(0, point, curvature);
          double value =
              curvature / 2 * (found - point) * (found - point) + penalty.value(0, found);
          for (double other = -8; other <= 8; other += 0.001) {
            double there =
                curvature / 2 * (other - point) * (other - point) + penalty.value(0, other);
            assertThat(value).isLessThanOrEqualTo(there + 1e-12);
          }
        }
      }
    }
  }

  @Test
  void groupsOfOneAreLasso() {
    int[][] alone = IntStream.range(0, 30).mapToObj(j -> new int[] {j}).toArray(int[][]::new);
    LinearModel group = GroupLasso.of(0.2, alone).tolerance(1e-14).fit(X, Y);
    LinearModel lasso = Lasso.of(0.2).tolerance(1e-14).fit(X, Y);
    Samples.assertClose(group.coefficients(), lasso.coefficients(), 1e-6);
    assertThat(group.certificate().features(Proof.ZERO))
        .isEqualTo(lasso.certificate().features(Proof.ZERO));
  }

  @Test
  void groupsAreZeroAsAWholeOrNotAtAll() {
    int[][] groups = new int[10][3];
    for (int j = 0; j < 30; j++) {
      groups[j / 3][j % 3] = j;
    }
    LinearModel model = GroupLasso.of(0.5, groups).tolerance(1e-14).fit(X, Y);
    assertThat(model.converged()).as(model.toString()).isTrue();
    assertThat(model.kktResidual()).isLessThan(1e-6);
    double[] b = model.coefficients();
    for (int[] group : groups) {
      assertThat((b[group[0]] == 0) == (b[group[1]] == 0)).isTrue();
    }
    assertThat(model.nonZeros()).isBetween(6, 27);
    double penalty = 0;
    for (int[] group : groups) {
      double square = 0;
      for (int j : group) {
        square += b[j] * b[j];
      }
      penalty += 0.5 * Math.sqrt(3) * Math.sqrt(square);
    }
    LinearModel loose = GroupLasso.of(0.5, groups).tolerance(1e-3).fit(X, Y);
    double ours = loss(model) + penalty;
    double looser = loss(loose);
    for (int[] group : groups) {
      double square = 0;
      for (int j : group) {
        square += loose.coefficients()[j] * loose.coefficients()[j];
      }
      looser += 0.5 * Math.sqrt(3) * Math.sqrt(square);
    }
    assertThat(ours).isLessThanOrEqualTo(looser + 1e-12);
    assertThat(looser - ours).isLessThanOrEqualTo(loose.dualityGap() * (1 + 1e-9));
  }

  @Test
  void groupsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            GroupLasso.of(1, new int[][] {{0, 1}, {1}})
                .fit(new double[][] {{1, 2}}, new double[] {1})
                .nonZeros())
        .withMessage(
            "GroupLasso.of(1.0, 2 groups): expected each feature in one group, received feature 1 in"
                + " 2. Give a feature that stands alone a group of its own.");
  }

  @Test
  void adaptiveWeightsAreFactors() {
    LinearModel first = Ridge.of(1).fit(X, Y);
    LinearModel adaptive = AdaptiveLasso.of(0.2, first).tolerance(1e-13).fit(X, Y);
    assertThat(adaptive.support()).isEqualTo(new int[] {0, 1, 2, 3, 4, 5});
    double[] b0 = first.coefficients();
    double[] factors = new double[30];
    for (int j = 0; j < 30; j++) {
      factors[j] = 1 / Math.abs(b0[j]);
    }
    Samples.assertClose(
        adaptive.coefficients(),
        Lasso.of(0.2).penaltyFactors(factors).tolerance(1e-13).fit(X, Y).coefficients(),
        0);
    LinearModel fromLasso =
        AdaptiveLasso.of(0.01, Lasso.of(0.5).fit(X, Y)).tolerance(1e-13).fit(X, Y);
    assertThat(fromLasso.nonZeros()).isLessThanOrEqualTo(Lasso.of(0.5).fit(X, Y).nonZeros());
    assertThat(fromLasso.converged()).isTrue();
    Samples.assertClose(
        AdaptiveLasso.of(0.2, Lasso.of(0.5).fit(X, Y), 0).tolerance(1e-13).fit(X, Y).coefficients(),
        Lasso.of(0.2).tolerance(1e-13).fit(X, Y).coefficients(),
        1e-9);
  }

  @Test
  void lossesSayWhatTheyTake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            LogisticRegression.of(1).fit(new double[][] {{1}, {2}}, new double[] {0, 2}).nonZeros())
        .withMessage(
            "LogisticRegression.of(1.0): expected 0 or 1 in y, received 2.0 at row 1. Number the two"
                + " classes 0 and 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            LogisticRegression.of(1).fit(new double[][] {{1}, {2}}, new double[] {1, 1}).nonZeros())
        .withMessage(
            "LogisticRegression.of(1.0): expected samples of both classes, received only 1. Check how"
                + " y was made.");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            PoissonRegression.of(1).fit(new double[][] {{1}, {2}}, new double[] {1, -1}).nonZeros())
        .withMessage(
            "PoissonRegression.of(1.0): expected counts of 0 or more in y, received -1.0 at row 1. Use"
                + " LinearRegression or Huber for values of both signs.");
  }

  @Test
  void predictionsOfOtherLosses() {
    double[] classes = new double[80];
    double[] counts = new double[80];
    for (int i = 0; i < 80; i++) {
      classes[i] = Y[i] > 1 ? 1 : 0;
      counts[i] = Math.floor(Math.abs(Y[i]));
    }
    GeneralizedModel logistic = LogisticRegression.of(1).l1Ratio(1).fit(X, classes);
    assertThat(logistic.score(X, classes)).isGreaterThan(0.9);
    double[] eta = logistic.linear().predict(X);
    assertThat(logistic.predict(X)[3]).isCloseTo(1 / (1 + Math.exp(-eta[3])), within(1e-15));
    assertThat(logistic.nonZeros()).isLessThan(30);
    assertThat(logistic.certificate().features(Proof.ZERO)).isNotEmpty();
    GeneralizedModel poisson = PoissonRegression.of(0.1).l1Ratio(1).fit(X, counts);
    assertThat(poisson.score(X, counts)).isBetween(0.0, 1.0);
    GeneralizedModel huber = HuberRegression.of(0.1).fit(X, Y);
    assertThat(huber.score(X, Y)).isGreaterThan(0.9);
  }

  @Test
  void huberForgetsWhatLiesFarOff() {
    double[] spoilt = Y.clone();
    for (int i = 0; i < 8; i++) {
      spoilt[i * 10] += 1_000;
    }
    double[] clean = LinearRegression.of().fit(X, Y).coefficients();
    double[] b = HuberRegression.of(0).tolerance(1e-10).fit(X, spoilt).coefficients();
    Samples.assertClose(b, clean, 0.5);
  }
}
