package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same coefficients as scikit-learn's; golden/linear.py writes them. */
class GoldenLinearTest {
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear.txt");
  private static final Map<String, GoldenCase> DATA = GoldenCase.data(ALL);

  static List<GoldenCase> cases() {
    return ALL.stream().filter(golden -> !golden.isData()).toList();
  }

  private static GoldenCase data(GoldenCase golden) {
    return DATA.get(golden.settings().get("data"));
  }

  static LinearEstimator<?> estimator(GoldenCase golden) {
    double alpha = golden.number("alpha");
    LinearEstimator<?> estimator =
        switch (golden.name().split(" ", 2)[0]) {
          case "LinearRegression" -> LinearRegression.of();
          case "Ridge" -> Ridge.of(alpha);
          case "Lasso" -> Lasso.of(alpha);
          case "ElasticNet" -> ElasticNet.of(alpha, golden.number("l1Ratio"));
          default -> throw new IllegalStateException(golden.name());
        };
    return estimator
        .fitIntercept(golden.flag("intercept"))
        .positive(golden.flag("positive"))
        .tolerance(1e-16)
        .maxIterations(20_000);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void coefficientsAndObjectiveAreScikitLearns(GoldenCase golden) {
    assertGolden(golden, data(golden).x());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sparseColumnsGiveTheSame(GoldenCase golden) {
    assertGolden(golden, Samples.sparse(data(golden).x()));
  }

  private static void assertGolden(GoldenCase golden, Matrix x) {
    double[] y = data(golden).array("y");
    double[] weights = golden.weights(data(golden));
    LinearEstimator<?> estimator = estimator(golden);
    LinearModel model = estimator.fit(x, y, weights);
    double[] expected = golden.array("coefficients");
    double intercept = golden.array("intercept")[0];

    assertThat(model.coefficients()).satisfies(b -> Samples.assertClose(b, expected, 1e-6));
    assertThat(model.intercept()).isCloseTo(intercept, within(1e-5));
    Objective objective = Objective.of(estimator, x, y, weights);
    double ours = objective.at(model.coefficients(), model.intercept());
    double theirs = objective.at(expected, intercept);
    assertThat(ours).isLessThanOrEqualTo(theirs * (1 + 1e-10));
    assertThat(estimator.tolerance(1e-13).fit(x, y, weights).converged()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void proofsAreTrue(GoldenCase golden) {
    LinearEstimator<?> loose = estimator(golden).tolerance(1e-4);
    LinearModel model =
        loose.fit(data(golden).x(), data(golden).array("y"), golden.weights(data(golden)));
    double[] expected = golden.array("coefficients");

    for (int j : model.certificate().features(Proof.ZERO)) {
      assertThat(expected[j]).as("coefficient %d", j).isEqualTo(0);
    }
    for (int j : model.certificate().features(Proof.NON_ZERO)) {
      assertThat(expected[j] * model.coefficients()[j]).as("coefficient %d", j).isPositive();
    }
  }
}
