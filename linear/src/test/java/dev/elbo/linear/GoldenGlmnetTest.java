package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** glmnet's fits through {@link Conventions}; golden/linear_glmnet.R writes them. */
class GoldenGlmnetTest {
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear_glmnet.txt");
  private static final GoldenCase DATA = ALL.getFirst();
  private static final int FEATURES = DATA.array("factors").length;
  private static final int TARGETS = 3;

  private static String family(GoldenCase golden) {
    return golden.settings().get("family");
  }

  static List<GoldenCase> single() {
    return ALL.stream().skip(1).filter(golden -> !family(golden).equals("mgaussian")).toList();
  }

  static List<GoldenCase> several() {
    return ALL.stream().skip(1).filter(golden -> family(golden).equals("mgaussian")).toList();
  }

  private static <E extends FeaturewiseEstimator<E>> E limited(E estimator, GoldenCase golden) {
    return switch (golden.settings().get("limits")) {
      case "box" -> estimator.bounds(-0.1, 0.3);
      case "positive" -> estimator.positive(true);
      default -> estimator;
    };
  }

  private static double[] factors(GoldenCase golden) {
    double[] factors = DATA.array("factors").clone();
    if (!golden.flag("factors")) {
      Arrays.fill(factors, 1);
    }
    return Conventions.fromGlmnetPenaltyFactors(factors);
  }

  private static LinearModel gaussian(GoldenCase golden, Matrix x, double[] y, double[] weights) {
    double lambda = golden.number("lambda");
    double mixing = golden.number("mixing");
    ElasticNet net =
        Conventions.fromGlmnet(lambda, mixing, golden.flag("intercept"), y, weights)
            .standardize(golden.flag("standardize"))
            .penaltyFactors(factors(golden))
            .tolerance(1e-14);
    Conventions.Glmnet back = Conventions.toGlmnet(net, y, weights);
    assertThat(back.lambda()).isCloseTo(lambda, within(1e-12));
    assertThat(back.mixing()).isCloseTo(mixing, within(1e-12));
    assertThat(back.standardize()).isEqualTo(golden.flag("standardize"));
    return limited(net, golden).fit(x, y, weights);
  }

  private static <E extends GeneralizedEstimator<E>> LinearModel other(
      E estimator, GoldenCase golden, Matrix x, double[] y, double[] weights) {
    E set =
        estimator
            .standardize(golden.flag("standardize"))
            .penaltyFactors(factors(golden))
            .fitIntercept(golden.flag("intercept"))
            .tolerance(1e-12);
    return limited(set, golden).fit(x, y, weights).linear();
  }

  private static Objective objective(GoldenCase golden, Matrix x, double[] y, double[] weights) {
    FeaturewiseEstimator<?> estimator =
        switch (family(golden)) {
          case "gaussian" ->
              Conventions.fromGlmnet(
                  golden.number("lambda"),
                  golden.number("mixing"),
                  golden.flag("intercept"),
                  y,
                  weights);
          case "binomial" ->
              Conventions.fromGlmnetBinomial(golden.number("lambda"), golden.number("mixing"));
          default ->
              Conventions.fromGlmnetPoisson(golden.number("lambda"), golden.number("mixing"));
        };
    return Objective.of(estimator, x, y, weights, factors(golden), golden.flag("standardize"));
  }

  @ParameterizedTest
  @MethodSource("single")
  void theirParametersGiveTheirCoefficients(GoldenCase golden) {
    double[] y = DATA.array(family(golden));
    double[] weights = golden.weights(DATA);
    double lambda = golden.number("lambda");
    double mixing = golden.number("mixing");
    Matrix dense = Matrix.of(DATA.rows("x", FEATURES));
    for (Matrix x : List.of(dense, Samples.sparse(dense))) {
      LinearModel model =
          switch (family(golden)) {
            case "gaussian" -> gaussian(golden, x, y, weights);
            case "binomial" ->
                other(Conventions.fromGlmnetBinomial(lambda, mixing), golden, x, y, weights);
            default -> other(Conventions.fromGlmnetPoisson(lambda, mixing), golden, x, y, weights);
          };
      assertThat(model.converged()).as(model.toString()).isTrue();
      double close = family(golden).equals("gaussian") ? 1e-6 : 1e-5;
      double[] theirs = golden.array("coefficients");
      double intercept = golden.array("intercept")[0];
      Samples.assertClose(model.coefficients(), theirs, close);
      assertThat(model.intercept()).isCloseTo(intercept, within(close));
      Objective objective = objective(golden, dense, y, weights);
      assertThat(objective.at(model.coefficients(), model.intercept()))
          .isLessThanOrEqualTo(objective.at(theirs, intercept) + 1e-10 * objective.scale());
    }
  }

  @ParameterizedTest
  @MethodSource("several")
  void severalTargetsToo(GoldenCase golden) {
    double[][] y = DATA.rows("mgaussian", TARGETS);
    double[] weights = golden.weights(DATA);
    MultiTaskElasticNet net =
        Conventions.fromGlmnetMultiGaussian(golden.number("lambda"), golden.number("mixing"))
            .fitIntercept(golden.flag("intercept"))
            .tolerance(1e-15);
    Conventions.Glmnet back = Conventions.toGlmnetMultiGaussian(net);
    assertThat(back.lambda()).isCloseTo(golden.number("lambda"), within(1e-15));
    assertThat(back.mixing()).isCloseTo(golden.number("mixing"), within(1e-15));
    assertThat(back.standardize()).isFalse();
    Matrix dense = Matrix.of(DATA.rows("x", FEATURES));
    for (Matrix x : List.of(dense, Samples.sparse(dense))) {
      MultiTaskModel model = net.fit(x, y, weights);
      assertThat(model.converged()).as(model.toString()).isTrue();
      double[] flat = Arrays.stream(model.coefficients()).flatMapToDouble(Arrays::stream).toArray();
      Samples.assertClose(flat, golden.array("coefficients"), 1e-6);
      Samples.assertClose(model.intercepts(), golden.array("intercept"), 1e-6);
    }
  }
}
