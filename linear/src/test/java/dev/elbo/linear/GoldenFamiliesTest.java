package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other losses and several targets, as scikit-learn; golden/linear_families.py writes them. */
class GoldenFamiliesTest {
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear_families.txt");
  private static final Map<String, GoldenCase> DATA = GoldenCase.data(ALL);

  static List<GoldenCase> single() {
    return ALL.stream()
        .filter(golden -> !golden.isData() && !golden.name().startsWith("MultiTask"))
        .toList();
  }

  static List<GoldenCase> several() {
    return ALL.stream().filter(golden -> golden.name().startsWith("MultiTask")).toList();
  }

  private static GeneralizedEstimator<?> estimator(GoldenCase golden) {
    double alpha = golden.number("alpha");
    double ratio = golden.number("l1Ratio");
    GeneralizedEstimator<?> estimator =
        switch (golden.name().split(" ", 2)[0]) {
          case "LogisticRegression" -> LogisticRegression.of(alpha).l1Ratio(ratio);
          case "PoissonRegression" -> PoissonRegression.of(alpha).l1Ratio(ratio);
          case "HuberRegression" -> HuberRegression.of(alpha).l1Ratio(ratio);
          default -> throw new IllegalStateException(golden.name());
        };
    return estimator.fitIntercept(golden.flag("intercept")).tolerance(1e-12);
  }

  @ParameterizedTest
  @MethodSource("single")
  void coefficientsAreScikitLearns(GoldenCase golden) {
    GoldenCase data = DATA.get(golden.settings().get("data"));
    double[] y = data.array(golden.settings().get("target"));
    double[] weights = golden.weights(data);
    double[] theirs = golden.array("coefficients");
    double intercept = golden.array("intercept")[0];
    for (Matrix x : List.of(data.x(), Samples.sparse(data.x()))) {
      GeneralizedEstimator<?> estimator = estimator(golden);
      GeneralizedModel model = estimator.fit(x, y, weights);
      assertThat(model.converged()).as(model.toString()).isTrue();
      Samples.assertClose(model.coefficients(), theirs, 1e-5);
      assertThat(model.intercept()).isCloseTo(intercept, within(1e-5));
      double scale = 1;
      if (golden.arrays().containsKey("scale")) {
        scale = golden.array("scale")[0];
        assertThat(model.scale()).isCloseTo(scale, within(1e-5));
      } else if (golden.name().startsWith("Logistic")) {
        assertThat(model.certificate().dualityGap()).isBetween(0.0, 1e-12);
      }
      Objective objective = Objective.of(estimator, x, y, weights);
      assertThat(objective.huberScale(model.scale()).at(model.coefficients(), model.intercept()))
          .isLessThanOrEqualTo(
              objective.huberScale(scale).at(theirs, intercept) + 1e-10 * objective.scale());
    }
  }

  @ParameterizedTest
  @MethodSource("several")
  void rowsOfSeveralTargetsAreScikitLearns(GoldenCase golden) {
    int features = golden.array("coefficients").length / 3;
    double[][] x = DATA.get("several").rows("x", features);
    double[][] y = DATA.get("several").rows("y", 3);
    double alpha = golden.number("alpha");
    MultiTaskEstimator<?> estimator =
        golden.name().startsWith("MultiTaskLasso")
            ? MultiTaskLasso.of(alpha)
            : MultiTaskElasticNet.of(alpha, golden.number("l1Ratio"));
    for (Matrix matrix : List.of(Matrix.of(x), Samples.sparse(Matrix.of(x)))) {
      MultiTaskModel model =
          estimator.fitIntercept(golden.flag("intercept")).tolerance(1e-14).fit(matrix, y);
      assertThat(model.converged()).as(model.toString()).isTrue();
      double[] flat = Arrays.stream(model.coefficients()).flatMapToDouble(Arrays::stream).toArray();
      Samples.assertClose(flat, golden.array("coefficients"), 1e-6);
      Samples.assertClose(model.intercepts(), golden.array("intercept"), 1e-6);
      for (int j : model.certificate().features(Proof.ZERO)) {
        assertThat(golden.array("coefficients")[3 * j]).isZero();
      }
    }
  }
}
