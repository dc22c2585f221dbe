package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each precondition's message. */
class ErrorsTest {
  private static final double[][] X = {{1, 2}, {3, 5}, {4, 4}};
  private static final double[] Y = {1, 2, 3};

  private static void fails(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }

  private static void fit(double[][] x, double[] y) {
    assertThat(Lasso.of(0.1).fit(x, y)).isNotNull();
  }

  @Test
  void aValueThatIsNotFiniteIsFound() {
    fails(
        () -> fit(new double[][] {{1, 2}, {3, Double.NaN}}, new double[] {1, 2}),
        "Lasso.of(0.1): expected finite values, received NaN in x at row 1, column 1. Leave the row"
            + " out, or fill in a value such as the column's median.");
    fails(
        () -> fit(X, new double[] {1, Double.POSITIVE_INFINITY, 2}),
        "Lasso.of(0.1): expected finite values, received Infinity in y at row 1. Leave the row out,"
            + " or fill in a value such as the column's median.");
  }

  @Test
  void lengthsMustAgree() {
    fails(
        () -> fit(X, new double[] {1, 2}),
        "Lasso.of(0.1): expected one value a sample in y, 3 in all, received 2. Check that x and y"
            + " come from the same data.");
    fails(
        () -> fit(new double[][] {{1, 2}, {3}}, new double[] {1, 2}),
        "Matrix: expected each row to have 2 values as the first has, received 1 in row 1. Fill in"
            + " what is missing before.");
  }

  @Test
  void thereMustBeData() {
    fails(
        () -> fit(new double[0][], new double[0]),
        "Lasso.of(0.1): expected at least one sample and one feature, received x of shape (0, 0)."
            + " Check that the data was read.");
  }

  @Test
  void weightsAreNotNegative() {
    fails(
        () -> assertThat(Ridge.of(1).fit(X, Y, new double[] {1, -1, 1})).isNotNull(),
        "Ridge.of(1.0): expected weights of 0 or more, received -1.0 in sampleWeight at row 1. A"
            + " weight says how often a sample counts; 0 leaves it out.");
    fails(
        () -> assertThat(Ridge.of(1).fit(X, Y, new double[3])).isNotNull(),
        "Ridge.of(1.0): expected a positive weight, received zeros only. Weight at least one"
            + " sample.");
  }

  @Test
  void settingsAreChecked() {
    fails(() -> Lasso.of(-1).alpha(), "Lasso: expected alpha of 0.0 or more, received -1.0.");
    fails(
        () -> ElasticNet.of(1, 1.5).alpha(),
        "ElasticNet: expected l1Ratio between 0.0 and 1.0, received 1.5.");
    fails(
        () -> assertThat(Lasso.of(1).penaltyFactors(1, 2, 3).fit(X, Y)).isNotNull(),
        "Lasso.of(1.0): expected one value a feature in penaltyFactors, 2 in all, received 3. Check"
            + " that x and penaltyFactors come from the same data.");
  }

  @Test
  void tensorsHaveTwoAxes() {
    fails(
        () -> assertThat(Matrix.of(Tensor.of(1f, 2f))).isNotNull(),
        "Matrix.of: expected a tensor of shape (samples, features), received (2,). Reshape it to two"
            + " axes before.");
  }

  @Test
  void aFitThatDidNotConvergeSaysWhatToChange() {
    double[][] x = Samples.normal(30, 60, 1);
    double[] y = Samples.target(x, 20, 2);
    LinearModel model = Lasso.of(1e-3).maxIterations(2).fit(x, y);
    assertThat(model.converged()).isFalse();
    assertThat(model.warning().orElseThrow())
        .startsWith("Lasso.of(0.001): not converged. It reached a duality gap of ")
        .contains(" in 2 iterations; the tolerance is 1.0E-9. Allow more with maxIterations");
    assertThat(model.toString()).contains("not converged");
  }

  @Test
  void eachPassThatIsAllowedIsMade() {
    double[][] x = Samples.normal(30, 400, 1);
    double[] y = Samples.target(x, 20, 2);
    int[][] pairs =
        IntStream.range(0, 200).mapToObj(g -> new int[] {2 * g, 2 * g + 1}).toArray(int[][]::new);
    for (int passes : new int[] {1, 2, 3}) {
      List<LinearModel> models =
          List.of(
              Lasso.of(1e-3).maxIterations(passes).fit(x, y),
              Mcp.of(1e-3).maxIterations(passes).fit(x, y),
              GroupLasso.of(1e-3, pairs).maxIterations(passes).fit(x, y));
      for (LinearModel model : models) {
        assertThat(model.converged()).as(model.toString()).isFalse();
        assertThat(model.iterations()).isEqualTo(passes);
        assertThat(model.nonZeros()).isPositive();
        assertThat(model.warning().orElseThrow()).contains("Allow more with maxIterations");
      }
    }
  }

  @Test
  void theObjectiveIsPrinted() {
    assertThat(Lasso.of(0.1).positive(true))
        .hasToString("Lasso.of(0.1).positive(true): minimises |y - X b|^2 / 2n + 0.1 |b|_1");
    assertThat(ElasticNet.of(0.5, 0.5))
        .hasToString(
            "ElasticNet.of(0.5, 0.5): minimises |y - X b|^2 / 2n + 0.25 |b|_1 + 0.25 / 2 |b|^2");
    assertThat(Ridge.of(2)).hasToString("Ridge.of(2.0): minimises |y - X b|^2 + 2.0 |b|^2");
  }

  @Test
  void theObjectiveHasTheFactorsAndTheDeviationsThatArePenalised() {
    String deviations = ", sd_j the standard deviations of the columns";
    assertThat(Lasso.of(0.1).standardize(true))
        .hasToString(
            "Lasso.of(0.1).standardize(true): minimises |y - X b|^2 / 2n + 0.1 sum(sd_j |b_j|)"
                + deviations);
    assertThat(ElasticNet.of(0.5, 0.5).penaltyFactors(1, 2).standardize(true).objective())
        .isEqualTo(
            "|y - X b|^2 / 2n + 0.25 sum(f_j sd_j |b_j|) + 0.25 / 2 sum(f_j sd_j^2 b_j^2), f_j the"
                + " penalty factors"
                + deviations);
    assertThat(Ridge.of(2).standardize(true).objective())
        .isEqualTo("|y - X b|^2 + 2.0 sum(sd_j^2 b_j^2)" + deviations);
    LinearModel first = LinearRegression.of().fit(X, Y);
    assertThat(AdaptiveLasso.of(0.1, first).objective())
        .isEqualTo("|y - X b|^2 / 2n + 0.1 sum(f_j |b_j|), f_j the penalty factors");
    assertThat(Mcp.of(0.1).objective())
        .isEqualTo("|y - X b|^2 / 2n + sum of MCP(b; alpha 0.1, gamma 3.0)");
    assertThat(Scad.of(0.1).standardize(true).penaltyFactors(1, 2).objective())
        .isEqualTo(
            "|y - X b|^2 / 2n + sum of SCAD(sd_j b_j; alpha f_j 0.1, gamma 3.7), f_j the penalty"
                + " factors"
                + deviations);
    assertThat(LogisticRegression.ofAlpha(0.5).l1Ratio(1).penaltyFactors(1, 2).objective())
        .isEqualTo(
            "sum(log(1 + exp(e)) - y e) / n + 0.5 sum(f_j |b_j|) + 0.0 / 2 sum(f_j b_j^2), e = X b +"
                + " intercept, f_j the penalty factors");
    assertThat(PoissonRegression.of(0.5).standardize(true).objective())
        .isEqualTo(
            "sum(exp(e) - y e) / n + 0.0 sum(sd_j |b_j|) + 0.5 / 2 sum(sd_j^2 b_j^2), e = X b +"
                + " intercept"
                + deviations);
    assertThat(HuberRegression.of(0.5).standardize(true).objective())
        .endsWith(" + 0.5 sum(sd_j^2 b_j^2), r = y - X b - intercept" + deviations);
  }
}
