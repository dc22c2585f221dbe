package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other losses and several targets, as scikit-learn; golden/linear_families.py writes them. */
class GoldenFamiliesTest {
  static List<GoldenCase> single() {
    return GoldenCase.readAll("linear_families.txt").stream()
        .filter(golden -> !golden.name().startsWith("MultiTask"))
        .toList();
  }

  static List<GoldenCase> several() {
    return GoldenCase.readAll("linear_families.txt").stream()
        .filter(golden -> golden.name().startsWith("MultiTask"))
        .toList();
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
    for (Matrix x : List.of(golden.x(), Samples.sparse(golden.x()))) {
      GeneralizedModel model = estimator(golden).fit(x, golden.array("y"), golden.array("weights"));
      assertThat(model.converged()).as(model.toString()).isTrue();
      Samples.assertClose(model.coefficients(), golden.array("coefficients"), 1e-5);
      assertThat(model.intercept()).isCloseTo(golden.array("intercept")[0], within(1e-5));
      if (golden.arrays().containsKey("scale")) {
        assertThat(model.scale()).isCloseTo(golden.array("scale")[0], within(1e-5));
      } else if (golden.name().startsWith("Logistic")) {
        assertThat(model.certificate().dualityGap()).isBetween(0.0, 1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("several")
  void rowsOfSeveralTargetsAreScikitLearns(GoldenCase golden) {
    int features = golden.array("coefficients").length / 3;
    double[][] x = golden.rows("x", features);
    double[][] y = golden.rows("y", 3);
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
