package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final double[][] X = Samples.normal(80, 40, 31);
  private static final double[] Y = Samples.target(X, 5, 32);

  @Test
  void aPathOfRidgeIsItsFitsOneByOne() {
    double[] alphas = {1000, 10, 1, 0.01, 1e-6};
    double[] factors = new double[40];
    Arrays.fill(factors, 1);
    factors[2] = 0;
    factors[3] = 5;
    for (double[][] x : List.of(X, Samples.normal(30, 70, 33))) {
      double[] own = x.length == 80 ? factors : Arrays.copyOf(factors, 70);
      Arrays.fill(own, 4, own.length, 1);
      double[] y = Samples.target(x, 5, 34);
      for (PathStep step :
          RegularizationPath.of(alpha -> Ridge.of(alpha).penaltyFactors(own))
              .alphas(alphas)
              .fit(x, y)) {
        LinearModel alone = Ridge.of(step.alpha()).penaltyFactors(own).fit(x, y);
        Samples.assertClose(step.model().coefficients(), alone.coefficients(), 1e-7);
        assertThat(step.model().kktResidual()).isLessThan(1e-9);
      }
    }
  }

  @Test
  void weightsOfAPathAreRepeatedSamples() {
    double[] weights = new double[80];
    Arrays.fill(weights, 1);
    weights[3] = 2;
    weights[5] = 0;
    double[][] x = X.clone();
    double[] y = Y.clone();
    x[5] = x[3];
    y[5] = y[3];
    RegularizationPath path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(1e-13)).grid(6, 0.01);
    List<PathStep> weighted = path.fit(Matrix.of(X), Y, weights);
    List<PathStep> repeated = path.fit(x, y);
    for (int i = 0; i < 6; i++) {
      assertThat(weighted.get(i).alpha()).isCloseTo(repeated.get(i).alpha(), within(1e-9));
      Samples.assertClose(
          weighted.get(i).model().coefficients(), repeated.get(i).model().coefficients(), 1e-6);
    }
    assertThat(path.crossValidate(Matrix.of(X), Y, weights, 5, 0).best().error()).isPositive();
  }

  @Test
  void foldsInTimeLookAheadOnly() {
    RegularizationPath path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(1e-13)).alphas(0.1);
    CrossValidation result = path.crossValidateInTime(X, Y, 3);
    double error = 0;
    for (int fold = 0; fold < 3; fold++) {
      int from = 20 + 20 * fold;
      LinearModel model =
          Lasso.of(0.1).tolerance(1e-13).fit(Arrays.copyOf(X, from), Arrays.copyOf(Y, from));
      double[] predicted = model.predict(Arrays.copyOfRange(X, from, from + 20));
      for (int i = 0; i < 20; i++) {
        error += (predicted[i] - Y[from + i]) * (predicted[i] - Y[from + i]) / 60;
      }
    }
    assertThat(result.best().error()).isCloseTo(error, within(1e-6));
  }

  @Test
  void criteriaAreTheirFormulas() {
    List<PathStep> path = RegularizationPath.of(Lasso::of).grid(40, 0.001).fit(X, Y);
    InformationCriteria criteria = InformationCriteria.of(path, X, Y);
    InformationCriteria.Row row = criteria.rows().get(30);
    double[] predicted = row.model().predict(X);
    double squares = 0;
    for (int i = 0; i < 80; i++) {
      squares += (Y[i] - predicted[i]) * (Y[i] - predicted[i]);
    }
    int k = row.model().nonZeros();
    double likelihood = 80 * Math.log(squares / 80);
    assertThat(row.aic()).isCloseTo(likelihood + 2 * k, within(1e-9));
    assertThat(row.bic()).isCloseTo(likelihood + k * Math.log(80), within(1e-9));
    double ways = 1;
    for (int i = 0; i < k; i++) {
      ways *= (40.0 - i) / (i + 1);
    }
    assertThat(row.ebic() - row.bic()).isCloseTo(2 * Math.log(ways), within(1e-9));
    assertThat(criteria.leastEbic().alpha()).isGreaterThanOrEqualTo(criteria.leastBic().alpha());
    assertThat(criteria.leastBic().alpha()).isGreaterThanOrEqualTo(criteria.leastAic().alpha());
    assertThat(criteria.leastEbic().model().support()).contains(0, 1, 2, 3, 4);
  }

  @Test
  void whatMattersIsStable() {
    StabilitySelection selection =
        StabilitySelection.of(RegularizationPath.of(Lasso::of).grid(10, 0.1), X, Y, 20, 0);
    assertThat(selection.features(0.95)).contains(0, 1, 2, 3, 4).hasSizeLessThan(15);
    assertThat(selection.stability()[0]).isEqualTo(1);
    assertThat(selection.expectedFalse(0.9)).isPositive();
    assertThat(selection.frequencies()).hasSize(10);
    StabilitySelection again =
        StabilitySelection.of(RegularizationPath.of(Lasso::of).grid(10, 0.1), X, Y, 20, 0);
    assertThat(again).isEqualTo(selection);
  }

  @Test
  void knotsWithoutAnIntercept() {
    LassoKnots knots = LassoKnots.of(Matrix.of(X), Y, false);
    for (LassoKnots.Segment segment : knots.segments()) {
      if (segment.high() - segment.low() > 1e-3 * knots.largestAlpha()) {
        double middle = (segment.low() + segment.high()) / 2;
        LinearModel model =
            Lasso.of(middle).fitIntercept(false).tolerance(1e-15).maxIterations(50_000).fit(X, Y);
        assertThat(model.support())
            .isEqualTo(segment.features().stream().mapToInt(Integer::intValue).toArray());
      }
    }
    FeatureSelection five = knots.selectFeatures(5);
    assertThat(five.exists()).isTrue();
  }
}
