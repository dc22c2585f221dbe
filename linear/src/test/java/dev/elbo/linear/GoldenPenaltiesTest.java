package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * MCP, SCAD, groups, and Huber's loss with an L1 part beside float64 NumPy;
 * golden/linear_penalties.py writes them. Objectives and KKT conditions are taken anew here, from
 * the data as it is given.
 */
class GoldenPenaltiesTest {
  private static final List<GoldenCase> ALL = GoldenCase.readAll("linear_penalties.txt");
  private static final Map<String, GoldenCase> DATA = GoldenCase.data(ALL);
  private static final double EPSILON = 1.35;

  private static List<GoldenCase> named(String... names) {
    return ALL.stream().filter(golden -> List.of(names).contains(golden.name())).toList();
  }

  static List<GoldenCase> concave() {
    return named("Mcp", "Scad");
  }

  static List<GoldenCase> groups() {
    return named("Group");
  }

  static List<GoldenCase> huber() {
    return named("Huber");
  }

  private static GoldenCase data(GoldenCase golden) {
    return DATA.get(golden.settings().get("data"));
  }

  private static List<Matrix> both(GoldenCase golden) {
    Matrix x = data(golden).x();
    return List.of(x, Samples.sparse(x));
  }

  // ---- the objectives -------------------------------------------------------------------------

  private static double mcp(double t, double alpha, double gamma) {
    return t <= gamma * alpha ? alpha * t - t * t / (2 * gamma) : gamma * alpha * alpha / 2;
  }

  private static double scad(double t, double alpha, double gamma) {
    if (t <= alpha) {
      return alpha * t;
    }
    return t <= gamma * alpha
        ? (2 * gamma * alpha * t - t * t - alpha * alpha) / (2 * (gamma - 1))
        : alpha * alpha * (gamma + 1) / 2;
  }

  private static double slope(GoldenCase golden, double t) {
    double alpha = golden.number("alpha");
    double gamma = golden.number("gamma");
    if (golden.name().equals("Mcp")) {
      return Math.max(alpha - t / gamma, 0);
    }
    return t <= alpha ? alpha : Math.max(gamma * alpha - t, 0) / (gamma - 1);
  }

  private static int[][] groupsOf(GoldenCase golden) {
    double[] of = data(golden).array("groups");
    List<List<Integer>> groups = new ArrayList<>();
    for (int j = 0; j < of.length; j++) {
      if (of[j] == groups.size()) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(j);
    }
    return groups.stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private static double penalty(GoldenCase golden, double[] b) {
    double alpha = golden.number("alpha");
    double sum = 0;
    if (golden.name().equals("Group")) {
      for (int[] group : groupsOf(golden)) {
        sum += alpha * Math.sqrt(group.length) * norm(b, group);
      }
      return sum;
    }
    for (double value : b) {
      double t = Math.abs(value);
      double gamma = golden.number("gamma");
      sum += golden.name().equals("Mcp") ? mcp(t, alpha, gamma) : scad(t, alpha, gamma);
    }
    return sum;
  }

  private static double norm(double[] values, int[] places) {
    return Math.sqrt(Arrays.stream(places).mapToDouble(j -> values[j] * values[j]).sum());
  }

  /** {@code w_i (y_i - x_i b - intercept) / sum(w)} */
  private static double[] residual(GoldenCase golden, double[] b, double intercept) {
    double[] y = data(golden).array("y");
    double[] weights = golden.weights(data(golden));
    double total = Arrays.stream(weights).sum();
    double[] predicted = data(golden).x().times(b, intercept);
    double[] residual = new double[y.length];
    Arrays.setAll(residual, i -> weights[i] / total * (y[i] - predicted[i]));
    return residual;
  }

  private static double objective(GoldenCase golden, double[] b, double intercept) {
    double[] y = data(golden).array("y");
    double[] predicted = data(golden).x().times(b, intercept);
    double[] residual = residual(golden, b, intercept);
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += residual[i] * (y[i] - predicted[i]) / 2;
    }
    return loss + penalty(golden, b);
  }

  private static double[] pulls(GoldenCase golden, double[] residual) {
    Matrix x = data(golden).x();
    double[] pulls = new double[x.columns()];
    Arrays.setAll(
        pulls,
        j -> {
          double[] column = x.column(j);
          double sum = 0;
          for (int i = 0; i < column.length; i++) {
            sum += column[i] * residual[i];
          }
          return sum;
        });
    return pulls;
  }

  private static double violation(GoldenCase golden, double[] b, double intercept) {
    double[] residual = residual(golden, b, intercept);
    double worst = golden.flag("intercept") ? Math.abs(Arrays.stream(residual).sum()) : 0;
    double[] pulls = pulls(golden, residual);
    double alpha = golden.number("alpha");
    if (golden.name().equals("Group")) {
      for (int[] group : groupsOf(golden)) {
        double bound = alpha * Math.sqrt(group.length);
        double length = norm(b, group);
        for (int j : group) {
          double off =
              length == 0 ? norm(pulls, group) - bound : Math.abs(pulls[j] - bound * b[j] / length);
          worst = Math.max(worst, off);
        }
      }
      return worst;
    }
    for (int j = 0; j < b.length; j++) {
      double pull = golden.flag("positive") ? pulls[j] : Math.abs(pulls[j]);
      double off =
          b[j] == 0
              ? pull - alpha
              : Math.abs(pulls[j] - Math.signum(b[j]) * slope(golden, Math.abs(b[j])));
      worst = Math.max(worst, off);
    }
    return worst;
  }

  // ---- the tests ------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("concave")
  void concavePenaltiesAreAsLowAsNumPys(GoldenCase golden) {
    double alpha = golden.number("alpha");
    double gamma = golden.number("gamma");
    PenalizedEstimator<?> estimator =
        golden.name().equals("Mcp") ? Mcp.of(alpha, gamma) : Scad.of(alpha, gamma);
    for (Matrix x : both(golden)) {
      LinearModel model =
          estimator
              .fitIntercept(golden.flag("intercept"))
              .positive(golden.flag("positive"))
              .tolerance(1e-12)
              .fit(x, data(golden).array("y"), golden.weights(data(golden)));
      assertThat(model.converged()).as(model.toString()).isTrue();
      assertThat(model.kktResidual()).isLessThan(1e-9);
      assertNoWorse(golden, model, golden.flag("unique"));
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void groupsAreAsLowAsNumPys(GoldenCase golden) {
    for (Matrix x : both(golden)) {
      LinearModel model =
          GroupLasso.of(golden.number("alpha"), groupsOf(golden))
              .fitIntercept(golden.flag("intercept"))
              .tolerance(1e-18)
              .fit(x, data(golden).array("y"), golden.weights(data(golden)));
      assertThat(model.kktResidual()).as(model.toString()).isLessThan(1e-9);
      assertNoWorse(golden, model, true);
    }
  }

  private static void assertNoWorse(GoldenCase golden, LinearModel model, boolean same) {
    double[] theirs = golden.array("coefficients");
    double theirIntercept = golden.array("intercept")[0];
    double theirObjective = golden.array("objective")[0];
    assertThat(golden.array("violation")[0]).isLessThan(1e-12);
    assertThat(objective(golden, theirs, theirIntercept))
        .isCloseTo(theirObjective, within(1e-13 * theirObjective));
    assertThat(violation(golden, theirs, theirIntercept)).isLessThan(1e-12);

    double[] b = model.coefficients();
    assertThat(objective(golden, b, model.intercept()))
        .isLessThanOrEqualTo(theirObjective * (1 + 1e-10));
    assertThat(violation(golden, b, model.intercept())).isLessThan(1e-9);
    if (same) {
      Samples.assertClose(b, theirs, 1e-6);
      assertThat(model.intercept()).isCloseTo(theirIntercept, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("huber")
  void huberWithL1IsAsLowAsSciPys(GoldenCase golden) {
    double[] y = data(golden).array("values");
    double[] theirs = golden.array("coefficients");
    double theirIntercept = golden.array("intercept")[0];
    double theirScale = golden.array("scale")[0];
    double theirObjective = golden.array("objective")[0];
    assertThat(golden.array("violation")[0]).isLessThan(1e-9);
    assertThat(huber(golden, theirs, theirIntercept, theirScale))
        .isCloseTo(theirObjective, within(1e-13 * theirObjective));
    for (Matrix x : both(golden)) {
      GeneralizedModel model =
          HuberRegression.of(golden.number("alpha"))
              .l1Ratio(golden.number("l1Ratio"))
              .fitIntercept(golden.flag("intercept"))
              .positive(golden.flag("positive"))
              .tolerance(1e-12)
              .fit(x, y, golden.weights(data(golden)));
      assertThat(model.converged()).as(model.toString()).isTrue();
      assertThat(model.certificate().kktResidual()).isLessThan(1e-9);
      assertThat(huber(golden, model.coefficients(), model.intercept(), model.scale()))
          .isLessThanOrEqualTo(theirObjective * (1 + 1e-10));
      Samples.assertClose(model.coefficients(), theirs, 1e-5);
      assertThat(model.intercept()).isCloseTo(theirIntercept, within(1e-5));
      assertThat(model.scale()).isCloseTo(theirScale, within(1e-5));
    }
  }

  private static double huber(GoldenCase golden, double[] b, double intercept, double sigma) {
    double[] y = data(golden).array("values");
    double[] weights = golden.weights(data(golden));
    double[] predicted = data(golden).x().times(b, intercept);
    double alpha = golden.number("alpha");
    double ratio = golden.number("l1Ratio");
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double z = Math.abs(y[i] - predicted[i]) / sigma;
      double own = z <= EPSILON ? z * z : 2 * EPSILON * z - EPSILON * EPSILON;
      sum += weights[i] * (sigma + own * sigma);
    }
    for (double value : b) {
      sum += alpha * ratio * Math.abs(value) + alpha * (1 - ratio) * value * value;
    }
    return sum;
  }
}
