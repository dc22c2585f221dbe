package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** glmnet's fits through {@link Conventions}; golden/linear_glmnet.R writes them. */
class GoldenGlmnetTest {
  static List<GoldenCase> single() {
    return GoldenCase.readAll("linear_glmnet.txt").stream()
        .filter(golden -> !golden.name().startsWith("mgaussian"))
        .toList();
  }

  static List<GoldenCase> several() {
    return GoldenCase.readAll("linear_glmnet.txt").stream()
        .filter(golden -> golden.name().startsWith("mgaussian"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("single")
  void theirParametersGiveTheirCoefficients(GoldenCase golden) {
    double[] y = golden.array("y");
    double[] weights = golden.array("weights");
    double lambda = golden.number("lambda");
    double mixing = golden.number("mixing");
    double[] factors = Conventions.fromGlmnetPenaltyFactors(golden.array("factors"));
    double low = golden.flag("limits") ? -0.1 : Double.NEGATIVE_INFINITY;
    double high = golden.flag("limits") ? 0.3 : Double.POSITIVE_INFINITY;
    double total = Arrays.stream(weights).sum();
    for (Matrix x : List.of(golden.x(), Samples.sparse(golden.x()))) {
      LinearModel model;
      if (golden.settings().get("family").equals("gaussian")) {
        ElasticNet net =
            Conventions.fromGlmnet(lambda, mixing, golden.flag("intercept"), y, weights)
                .standardize(golden.flag("standardize"))
                .penaltyFactors(factors)
                .tolerance(1e-14);
        model = (golden.flag("limits") ? net.bounds(low, high) : net).fit(x, y, weights);
        Conventions.Glmnet back = Conventions.toGlmnet(net, y, weights);
        assertThat(back.lambda()).isCloseTo(lambda, within(1e-12));
        assertThat(back.mixing()).isCloseTo(mixing, within(1e-12));
      } else {
        GeneralizedEstimator<?> estimator =
            golden.settings().get("family").equals("binomial")
                ? Conventions.fromGlmnetBinomial(lambda, mixing, total)
                : Conventions.fromGlmnetPoisson(lambda, mixing);
        GeneralizedEstimator<?> set =
            estimator
                .standardize(golden.flag("standardize"))
                .penaltyFactors(factors)
                .fitIntercept(golden.flag("intercept"))
                .tolerance(1e-12);
        model = (golden.flag("limits") ? set.bounds(low, high) : set).fit(x, y, weights).linear();
      }
      assertThat(model.converged()).as(model.toString()).isTrue();
      double close = golden.settings().get("family").equals("gaussian") ? 1e-6 : 1e-5;
      Samples.assertClose(model.coefficients(), golden.array("coefficients"), close);
      assertThat(model.intercept()).isCloseTo(golden.array("intercept")[0], within(close));
    }
  }

  @ParameterizedTest
  @MethodSource("several")
  void severalTargetsToo(GoldenCase golden) {
    int features = golden.array("coefficients").length / 3;
    int rows = golden.array("x").length / features;
    double[][] x = new double[rows][];
    double[][] y = new double[rows][];
    for (int i = 0; i < rows; i++) {
      x[i] = Arrays.copyOfRange(golden.array("x"), i * features, (i + 1) * features);
      y[i] = Arrays.copyOfRange(golden.array("y"), i * 3, (i + 1) * 3);
    }
    if (golden.number("mixing") == 1) {
      MultiTaskModel model = MultiTaskLasso.of(golden.number("lambda")).tolerance(1e-14).fit(x, y);
      double[] flat = Arrays.stream(model.coefficients()).flatMapToDouble(Arrays::stream).toArray();
      Samples.assertClose(flat, golden.array("coefficients"), 1e-6);
    }
  }
}
