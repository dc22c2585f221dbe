package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegularizationPathTest {
  private static final double[][] X = Samples.normal(50, 20, 1);
  private static final double[] Y = Samples.target(X, 5, 2);

  /** The lecture's data: 100 features, of which 30 matter. */
  private static final double[][] LECTURE = Samples.normal(150, 100, 5);

  private static final double[] LECTURE_TARGET = Samples.target(LECTURE, 30, 6);

  @Test
  void theGridBeginsWhereAllCoefficientsAreZero() {
    List<PathStep> steps = RegularizationPath.of(Lasso::of).fit(X, Y);
    assertThat(steps).hasSize(100);
    double largest = steps.getFirst().alpha();
    assertThat(steps.getLast().alpha()).isCloseTo(largest * 1e-3, within(largest * 1e-12));
    assertThat(Lasso.of(largest * (1 + 1e-9)).fit(X, Y).nonZeros()).isZero();
    assertThat(Lasso.of(largest * 0.999).fit(X, Y).nonZeros()).isEqualTo(1);
  }

  @Test
  void theLargestAlphaIsWhereTheGridBegins() {
    Matrix x = Matrix.of(X);
    RegularizationPath path = RegularizationPath.of(Lasso::of);
    assertThat(path.largestAlpha(x, Y)).hasValue(path.fit(x, Y).getFirst().alpha());
    assertThat(path.largestAlpha(x, new double[50])).as("a constant target").isEmpty();
    assertThat(RegularizationPath.of(Ridge::of).largestAlpha(x, Y)).as("no |b|_1").isEmpty();
    double[] infinite = Y.clone();
    infinite[7] = Double.POSITIVE_INFINITY;
    assertThatIllegalArgumentException()
        .as("data that will not do is no path without a largest alpha")
        .isThrownBy(() -> path.largestAlpha(x, infinite).isPresent())
        .withMessageContaining("received Infinity in y at row 7");
  }

  @Test
  void eachStepIsTheFitAtItsAlpha() {
    RegularizationPath path =
        RegularizationPath.of(alpha -> ElasticNet.of(alpha, 0.7).tolerance(1e-13)).grid(8, 0.01);
    for (PathStep step : path.fit(X, Y)) {
      LinearModel alone = ElasticNet.of(step.alpha(), 0.7).tolerance(1e-13).fit(X, Y);
      Samples.assertClose(step.model().coefficients(), alone.coefficients(), 1e-6);
      assertThat(step.model().converged()).isTrue();
    }
  }

  @Test
  void alphasMayBeGiven() {
    List<PathStep> steps = RegularizationPath.of(Ridge::of).alphas(0, 10, 1).fit(X, Y);
    assertThat(steps).extracting(PathStep::alpha).containsExactly(10.0, 1.0, 0.0);
    assertThat(steps.getLast().model().coefficients())
        .isEqualTo(LinearRegression.of().fit(X, Y).coefficients());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegularizationPath.of(Ridge::of).fit(X, Y).size())
        .withMessage(
            "Ridge.of(1.0): expected a largest alpha, above which all coefficients are 0; there is"
                + " none, as the penalty has no |b|_1. Give the path its alphas.");
  }

  @Test
  void crossValidationIsThatOfFitsOneByOne() {
    CrossValidation result =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(1e-13))
            .alphas(0.1)
            .crossValidate(X, Y, 50, 3);
    double error = 0;
    for (int left = 0; left < 50; left++) {
      double[] weights = new double[50];
      Arrays.fill(weights, 1);
      weights[left] = 0;
      LinearModel model = Lasso.of(0.1).tolerance(1e-13).fit(X, Y, weights);
      double miss = Y[left] - model.predict(X)[left];
      error += miss * miss / 50;
    }
    assertThat(result.best().error()).isCloseTo(error, within(1e-6));
  }

  @Test
  void theLecturesStory() {
    CrossValidation table =
        RegularizationPath.of(Lasso::of)
            .grid(60, 1e-4)
            .crossValidate(LECTURE, LECTURE_TARGET, 5, 0);
    int few = table.rows().get(5).model().nonZeros();
    CrossValidation.Row least = table.rows().getLast();
    CrossValidation.Row best = table.best();

    assertThat(few).isLessThan(20);
    assertThat(least.model().nonZeros()).isGreaterThan(90);
    assertThat(best.model().nonZeros()).isBetween(30, 75);
    assertThat(best.validationScore()).isGreaterThan(least.validationScore());
    assertThat(best.validationScore()).isGreaterThan(table.rows().get(5).validationScore());
    assertThat(least.trainScore()).isGreaterThan(best.trainScore());
    CrossValidation.Row simple = table.oneStandardError();
    assertThat(simple.alpha()).isGreaterThanOrEqualTo(best.alpha());
    assertThat(simple.error()).isLessThanOrEqualTo(best.error() + best.standardError());
    assertThat(simple.model().nonZeros()).isLessThanOrEqualTo(best.model().nonZeros());
    assertThat(table.toString())
        .startsWith("     alpha  non-zeros   train  validation\n")
        .contains("  least error")
        .contains("  one standard error");
  }

  @Test
  void ridgeReachesNoZeroWhereLassoDoes() {
    LinearModel lasso = Lasso.of(0.1).fit(LECTURE, LECTURE_TARGET);
    LinearModel ridge = Ridge.of(1e4).fit(LECTURE, LECTURE_TARGET);
    assertThat(lasso.nonZeros()).isBetween(25, 75);
    assertThat(ridge.nonZeros()).isEqualTo(100);
  }
}
