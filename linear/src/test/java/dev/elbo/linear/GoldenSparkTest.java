package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.Conventions.Spark;
import dev.elbo.linear.Conventions.SparkSolver;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spark ML's fits through {@link Conventions}; golden/spark writes them. At a tolerance of 1e-15
 * its quasi-Newton methods end within 1.1e-7 of the minimum on this data, its closed forms within
 * 3e-14.
 */
class GoldenSparkTest {
  private static final double ITERATIVE = 2e-7;
  private static final double CLOSED = 1e-10;
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear_spark.txt");
  private static final GoldenCase DATA = ALL.getFirst();
  private static final Matrix X = Matrix.of(DATA.rows("x", 8));

  static List<GoldenCase> linear() {
    return named("linear");
  }

  static List<GoldenCase> logistic() {
    return named("logistic");
  }

  static List<GoldenCase> poisson() {
    return named("poisson").stream()
        .filter(golden -> golden.flag("intercept") || golden.number("regParam") == 0)
        .toList();
  }

  private static List<GoldenCase> named(String name) {
    return ALL.stream().filter(golden -> golden.name().equals(name)).toList();
  }

  private static void assertTheirs(LinearModel model, GoldenCase golden, double close) {
    assertThat(model.converged()).as(model.toString()).isTrue();
    Samples.assertClose(model.coefficients(), golden.array("coefficients"), close);
    assertThat(model.intercept()).isCloseTo(golden.array("intercept")[0], within(10 * close));
  }

  private static void assertBack(Spark back, GoldenCase golden) {
    assertThat(back.regParam()).isCloseTo(golden.number("regParam"), within(1e-12));
    assertThat(back.elasticNetParam()).isCloseTo(golden.number("elasticNetParam"), within(1e-12));
    assertThat(back.standardization()).isEqualTo(golden.flag("standardization"));
  }

  @ParameterizedTest
  @MethodSource("linear")
  void linearRegressionByBothSolvers(GoldenCase golden) {
    double[] y = DATA.array("values");
    double[] weights = golden.weights(DATA);
    boolean isNormal = golden.settings().get("solver").equals("auto");
    SparkSolver solver = isNormal ? SparkSolver.NORMAL : SparkSolver.L_BFGS;
    Spark spark =
        new Spark(
            golden.number("regParam"),
            golden.number("elasticNetParam"),
            golden.flag("standardization"),
            solver);
    ElasticNet net =
        Conventions.fromSpark(spark, y, weights)
            .fitIntercept(golden.flag("intercept"))
            .tolerance(1e-14);
    boolean isClosed = isNormal && spark.elasticNetParam() == 0;
    assertTheirs(net.fit(X, y, weights), golden, isClosed ? CLOSED : ITERATIVE);
    Spark back = Conventions.toSpark(net, solver, y, weights);
    assertBack(back, golden);
    assertThat(back.solver()).isEqualTo(solver);
    if (isNormal && spark.standardization() && !golden.flag("weighted")) {
      ElasticNet plain =
          Conventions.fromSpark(spark.regParam(), spark.elasticNetParam(), y)
              .fitIntercept(golden.flag("intercept"))
              .tolerance(1e-14);
      assertThat(plain.fit(X, y).coefficients()).isEqualTo(net.fit(X, y).coefficients());
      assertThat(Conventions.toSpark(plain, y)).isEqualTo(back);
    }
  }

  @ParameterizedTest
  @MethodSource("logistic")
  void logisticRegression(GoldenCase golden) {
    double[] weights = golden.weights(DATA);
    LogisticRegression estimator =
        Conventions.fromSparkLogistic(
                golden.number("regParam"),
                golden.number("elasticNetParam"),
                golden.flag("standardization"),
                weights)
            .fitIntercept(golden.flag("intercept"))
            .tolerance(1e-15);
    assertTheirs(estimator.fit(X, DATA.array("classes"), weights).linear(), golden, ITERATIVE);
    assertBack(Conventions.toSparkLogistic(estimator, weights), golden);
  }

  @ParameterizedTest
  @MethodSource("poisson")
  void poissonRegression(GoldenCase golden) {
    double[] y = DATA.array("counts");
    double[] weights = golden.weights(DATA);
    PoissonRegression estimator =
        Conventions.fromSparkPoisson(golden.number("regParam"), y, weights)
            .fitIntercept(golden.flag("intercept"))
            .tolerance(1e-12);
    assertTheirs(estimator.fit(X, y, weights).linear(), golden, CLOSED);
    if (golden.flag("intercept")) {
      assertThat(Conventions.toSparkPoisson(estimator, y, weights))
          .isCloseTo(golden.number("regParam"), within(1e-12));
    }
  }
}
