package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Smile's fits through {@link Conventions}; golden/smile writes them. Its interior point method
 * ends within 3e-11 of the minimum on this data at a relative gap of 1e-12, its BFGS within 1.3e-6.
 */
class GoldenSmileTest {
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear_smile.txt");
  private static final GoldenCase DATA = ALL.getFirst();
  private static final Matrix X = Matrix.of(DATA.rows("x", 8));

  static List<GoldenCase> linear() {
    return ALL.stream().filter(golden -> golden.settings().containsKey("lambda1")).toList();
  }

  static List<GoldenCase> logistic() {
    return ALL.stream().filter(golden -> golden.settings().containsKey("lambda")).toList();
  }

  private static void assertTheirs(LinearModel model, GoldenCase golden, double close) {
    assertThat(model.converged()).as(model.toString()).isTrue();
    Samples.assertClose(model.coefficients(), golden.array("coefficients"), close);
    assertThat(model.intercept()).isCloseTo(golden.array("intercept")[0], within(close));
  }

  @ParameterizedTest
  @MethodSource("linear")
  void lassoElasticNetAndRidge(GoldenCase golden) {
    double lambda1 = golden.number("lambda1");
    double lambda2 = golden.number("lambda2");
    ElasticNet net = Conventions.fromSmile(lambda1, lambda2, X.rows()).tolerance(1e-16);
    assertTheirs(net.fit(X, DATA.array("values")), golden, 1e-7);
    Conventions.Smile back = Conventions.toSmile(net, X.rows());
    assertThat(back.lambda1()).isCloseTo(lambda1, within(1e-12));
    assertThat(back.lambda2()).isCloseTo(lambda2, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("logistic")
  void logisticRegression(GoldenCase golden) {
    LogisticRegression estimator = Conventions.fromSmileLogistic(golden.number("lambda"));
    assertTheirs(estimator.tolerance(1e-12).fit(X, DATA.array("classes")).linear(), golden, 5e-6);
    assertThat(Conventions.toSmileLogistic(estimator, X.rows()))
        .isCloseTo(golden.number("lambda"), within(1e-12));
  }
}
