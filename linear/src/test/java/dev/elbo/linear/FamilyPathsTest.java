package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.internal.Folds;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths, cross-validation and criteria of other losses than the squared one. */
class FamilyPathsTest {
  private static final int N = 120;
  private static final double[][] X = Samples.normal(N, 15, 41);
  private static final double[] Y = Samples.target(X, 4, 42);
  private static final double[] CLASSES = new double[N];
  private static final double[] COUNTS = new double[N];
  private static final double[] SPOILT = Y.clone();

  static {
    double[][] noise = Samples.normal(N, 2, 43);
    for (int i = 0; i < N; i++) {
      CLASSES[i] = Y[i] + 3 * noise[i][0] > 1 ? 1 : 0;
      COUNTS[i] = Math.floor(Math.exp(0.3 * Y[i] + 0.5 * noise[i][1]));
      SPOILT[i] += i % 10 == 0 ? 50 : 0;
    }
  }

  private record Family(
      String name, double[] y, DoubleFunction<GeneralizedEstimator<?>> lasso, double l1Ratio) {
    GeneralizedEstimator<?> at(double alpha) {
      return lasso.apply(alpha);
    }

    RegularizationPath path() {
      return RegularizationPath.of(lasso);
    }

    @Override
    public String toString() {
      return name + ", l1Ratio " + l1Ratio;
    }
  }

  private static Stream<Family> families(double ratio, double tolerance) {
    return Stream.of(
        new Family(
            "logistic",
            CLASSES,
            alpha -> LogisticRegression.ofAlpha(alpha).l1Ratio(ratio).tolerance(tolerance),
            ratio),
        new Family(
            "logistic by c",
            CLASSES,
            alpha -> LogisticRegression.of(1 / alpha).l1Ratio(ratio).tolerance(tolerance),
            ratio),
        new Family(
            "poisson",
            COUNTS,
            alpha -> PoissonRegression.of(alpha).l1Ratio(ratio).tolerance(tolerance),
            ratio),
        new Family(
            "huber",
            SPOILT,
            alpha -> HuberRegression.of(alpha).l1Ratio(ratio).tolerance(tolerance),
            ratio));
  }

  static Stream<Family> withZeros() {
    return Stream.of(1.0, 0.5).flatMap(ratio -> families(ratio, 1e-11));
  }

  static Stream<Family> all() {
    return Stream.concat(withZeros(), families(0, 1e-11));
  }

  @ParameterizedTest
  @MethodSource("withZeros")
  void theGridBeginsWhereAllCoefficientsAreZero(Family family) {
    List<PathStep> steps = family.path().grid(12, 0.01).fit(X, family.y());

    double largest = steps.getFirst().alpha();
    assertThat(steps).hasSize(12);
    assertThat(family.at(largest * (1 + 1e-7)).fit(X, family.y()).nonZeros()).isZero();
    assertThat(family.at(largest * 0.99).fit(X, family.y()).nonZeros()).isEqualTo(1);
    assertThat(steps.getLast().model().nonZeros()).isGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachStepIsTheFitAtItsAlpha(Family family) {
    RegularizationPath path =
        family.l1Ratio() == 0 ? family.path().alphas(100, 10, 1, 0.1) : family.path().grid(6, 0.02);
    for (PathStep step : path.fit(X, family.y())) {
      GeneralizedModel alone = family.at(step.alpha()).fit(X, family.y());
      GeneralizedModel ofPath = step.model().generalized();
      assertThat(step.model().converged()).as(step.model().toString()).isTrue();
      Samples.assertClose(ofPath.coefficients(), alone.coefficients(), 1e-5);
      assertThat(ofPath.intercept()).isCloseTo(alone.intercept(), within(1e-5));
      assertThat(ofPath.scale()).isCloseTo(alone.scale(), within(1e-5));
      Samples.assertClose(ofPath.predict(X), alone.predict(X), 1e-3);
    }
  }

  @Test
  void unpenalisedFeaturesAreFittedBeforeTheGridBegins() {
    double[] factors = new double[15];
    Arrays.fill(factors, 1);
    factors[0] = 0;
    factors[3] = 2;
    factors[5] = Double.POSITIVE_INFINITY;
    DoubleFunction<LogisticRegression> byAlpha =
        alpha ->
            LogisticRegression.ofAlpha(alpha)
                .l1Ratio(1)
                .penaltyFactors(factors)
                .standardize(true)
                .tolerance(1e-11);
    double largest = RegularizationPath.of(byAlpha).grid(2, 0.5).fit(X, CLASSES).getFirst().alpha();

    assertThat(byAlpha.apply(largest * (1 + 1e-6)).fit(X, CLASSES).linear().support())
        .containsExactly(0);
    assertThat(byAlpha.apply(largest * 0.99).fit(X, CLASSES).nonZeros()).isEqualTo(2);
  }

  @Test
  void anAlphaIsOneOverCTimesN() {
    double[] b = LogisticRegression.ofAlpha(0.02).l1Ratio(0.5).fit(X, CLASSES).coefficients();
    double[] c = LogisticRegression.of(1 / (0.02 * N)).l1Ratio(0.5).fit(X, CLASSES).coefficients();

    Samples.assertClose(b, c, 1e-12);
    assertThat(LogisticRegression.ofAlpha(0.5).l1Ratio(1))
        .hasToString(
            "LogisticRegression.ofAlpha(0.5).l1Ratio(1.0): minimises sum(log(1 + exp(e)) - y e) / n"
                + " + 0.5 |b|_1 + 0.0 / 2 |b|^2, e = X b + intercept");
  }

  @ParameterizedTest
  @MethodSource("all")
  void crossValidationIsThatOfFitsOneByOne(Family family) {
    double alpha = family.name().equals("huber") || family.name().endsWith(" c") ? 5 : 0.05;
    CrossValidation.Row row =
        family.path().alphas(alpha).crossValidateInTime(X, family.y(), 3).best();
    double error = 0;
    double score = 0;
    for (int fold = 0; fold < 3; fold++) {
      int from = 30 + 30 * fold;
      GeneralizedModel model =
          family.at(alpha).fit(Arrays.copyOf(X, from), Arrays.copyOf(family.y(), from));
      double[][] next = Arrays.copyOfRange(X, from, from + 30);
      double[] target = Arrays.copyOfRange(family.y(), from, from + 30);
      error += errorByHand(family, model, next, target) / 3;
      score += model.score(next, target) / 3;
    }

    assertThat(row.error()).isCloseTo(error, within(1e-6));
    assertThat(row.validationScore()).isCloseTo(score, within(1e-6));
    assertThat(row.trainScore()).isEqualTo(row.model().generalized().score(X, family.y()));
  }

  private static double errorByHand(
      Family family, GeneralizedModel model, double[][] x, double[] y) {
    double[] predicted = model.predict(x);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double p = predicted[i];
      double z = Math.abs(y[i] - p) / model.scale();
      sum +=
          switch (family.name()) {
            case "poisson" -> 2 * ((y[i] > 0 ? y[i] * Math.log(y[i] / p) : 0) - y[i] + p);
            case "huber" -> model.scale() * (1 + (z <= 1.35 ? z * z : 2 * 1.35 * z - 1.35 * 1.35));
            default -> -y[i] * Math.log(p) - (1 - y[i]) * Math.log(1 - p);
          };
    }
    return sum / y.length;
  }

  @Test
  void theTableNamesItsError() {
    CrossValidation table =
        RegularizationPath.of(alpha -> LogisticRegression.ofAlpha(alpha).l1Ratio(1))
            .grid(20, 0.01)
            .crossValidate(X, CLASSES, 5, 0);

    assertThat(table.toString())
        .startsWith("     alpha  non-zeros   train  validation  log loss\n")
        .containsPattern("\n +\\S+ +\\d+ +0\\.\\d{3} +0\\.\\d{3} +0\\.\\d{4}  least error");
    assertThat(table.best().model().nonZeros()).isBetween(3, 14);
    assertThat(table.best().validationScore()).isGreaterThan(0.7);
    assertThat(table.best().error()).isLessThan(table.rows().getFirst().error());
    assertThat(table.oneStandardError().alpha()).isGreaterThan(table.best().alpha());
  }

  @Test
  void weightsOfFoldsCount() {
    double[] weights = new double[N];
    Arrays.fill(weights, 2);
    RegularizationPath path =
        RegularizationPath.of(alpha -> PoissonRegression.of(alpha).l1Ratio(1)).alphas(0.1, 0.01);
    CrossValidation.Row equal = path.crossValidate(X, COUNTS, 4, 0).best();
    CrossValidation.Row doubled = path.crossValidate(Matrix.of(X), COUNTS, weights, 4, 0).best();

    assertThat(doubled.error()).isCloseTo(equal.error(), within(1e-9));
    assertThat(doubled.trainScore()).isCloseTo(equal.trainScore(), within(1e-9));
    weights[3] = 0;
    assertThat(path.crossValidate(Matrix.of(X), COUNTS, weights, 4, 0).best().error())
        .isNotEqualTo(equal.error());
  }

  @Test
  void criteriaAreTheirFormulas() {
    for (Family family : families(1, 1e-9).toList()) {
      double alpha = family.name().equals("huber") || family.name().endsWith(" c") ? 5 : 0.02;
      List<PathStep> path = family.path().alphas(alpha).fit(X, family.y());
      InformationCriteria.Row row = InformationCriteria.of(path, X, family.y()).rows().getFirst();
      GeneralizedModel model = row.model().generalized();
      double deviance =
          switch (family.name()) {
            case "poisson" -> N * model.error(X, family.y());
            case "huber" ->
                2 * N * Math.log(model.scale())
                    + N * (model.error(X, family.y()) / model.scale() - 1);
            default -> 2 * N * model.error(X, family.y());
          };
      int k = row.model().nonZeros();
      assertThat(k).as(family.name()).isBetween(3, 14);
      assertThat(row.aic()).as(family.name()).isCloseTo(deviance + 2 * k, within(1e-9));
      assertThat(row.bic()).isCloseTo(deviance + k * Math.log(N), within(1e-9));
      assertThat(row.ebic()).isGreaterThan(row.bic());
    }
  }

  @Test
  void bicFindsWhatMatters() {
    List<PathStep> path =
        RegularizationPath.of(alpha -> PoissonRegression.of(alpha).l1Ratio(1)).fit(X, COUNTS);
    InformationCriteria criteria = InformationCriteria.of(path, X, COUNTS);

    assertThat(criteria.leastBic().model().support()).contains(0, 1, 2, 3);
    assertThat(criteria.leastBic().alpha()).isGreaterThanOrEqualTo(criteria.leastAic().alpha());
  }

  @Test
  void modelsOfLeastSquaresAreGeneralizedOnesToo() {
    GeneralizedModel model = Lasso.of(0.1).fit(X, Y).generalized();

    assertThat(model.predict(X)).isEqualTo(model.linear().predict(X));
    assertThat(model.score(X, Y)).isEqualTo(model.linear().score(X, Y));
    assertThat(model.errorName()).isEqualTo("mean squared error");
  }

  @Test
  void aFoldWithoutAClassIsNamed() {
    double[] y = new double[N];
    y[100] = 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            RegularizationPath.of(LogisticRegression::ofAlpha)
                .alphas(1)
                .crossValidateInTime(X, y, 3)
                .best()
                .error())
        .withMessage(
            "RegularizationPath.crossValidate, fold 1 of 3: its training samples will not do. Take"
                + " fewer folds or another seed. LogisticRegression.ofAlpha(1.0): expected samples"
                + " of both classes, received only 0. Check how y was made.");
  }

  @Test
  void ridgeHasNoLargestAlpha() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegularizationPath.of(PoissonRegression::of).fit(X, COUNTS).size())
        .withMessage(
            "PoissonRegression.of(1.0): expected a largest alpha, above which all coefficients are"
                + " 0; there is none, as the penalty has no |b|_1. Give the path its alphas.");
  }

  // ---- glmnet -----------------------------------------------------------------------------------

  static List<Arguments> golden() {
    return GoldenCase.readAll("linear_cv_glmnet.txt").stream().map(Arguments::of).toList();
  }

  /** golden/linear_cv_glmnet.R writes them. */
  @ParameterizedTest
  @MethodSource("golden")
  void crossValidationIsGlmnets(GoldenCase golden) {
    double mixing = golden.number("mixing");
    String family = golden.settings().get("family");
    DoubleFunction<FeaturewiseEstimator<?>> byAlpha =
        alpha ->
            switch (family) {
              case "binomial" -> LogisticRegression.ofAlpha(alpha).l1Ratio(mixing).tolerance(1e-12);
              case "poisson" -> PoissonRegression.of(alpha).l1Ratio(mixing).tolerance(1e-12);
              default -> ElasticNet.of(alpha, mixing).tolerance(1e-14);
            };
    double[] y = golden.array("y");
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    double[] foldOf = golden.array("folds");
    List<Folds.Split> splits =
        IntStream.rangeClosed(1, 5)
            .mapToObj(fold ->
                new Folds.Split(
                    IntStream.range(0, y.length).filter(i -> foldOf[i] != fold).toArray(),
                    IntStream.range(0, y.length).filter(i -> foldOf[i] == fold).toArray()))
            .toList();
    CrossValidation table =
        RegularizationPath.of(byAlpha)
            .alphas(golden.array("lambda"))
            .crossValidate(golden.x(), y, ones, splits);
    double factor = family.equals("binomial") ? 2 : 1; // glmnet's is twice the log loss
    double[] errors = table.rows().stream().mapToDouble(row -> factor * row.error()).toArray();
    double[] spreads =
        table.rows().stream().mapToDouble(row -> factor * row.standardError()).toArray();

    Samples.assertClose(errors, golden.array("deviance"), 1e-6);
    Samples.assertClose(spreads, golden.array("standardError"), 1e-6);
    Samples.assertClose(
        table.rows().stream().mapToDouble(row -> row.model().nonZeros()).toArray(),
        golden.array("nonZeros"),
        0);
    assertThat(table.best().alpha()).isEqualTo(golden.array("least")[0]);
    assertThat(table.oneStandardError().alpha()).isEqualTo(golden.array("oneStandardError")[0]);
    if (family.equals("binomial")) {
      Samples.assertClose(
          table.rows().stream().mapToDouble(row -> 1 - row.validationScore()).toArray(),
          golden.array("wrong"),
          1e-9);
    }
    if (golden.arrays().containsKey("largest")) {
      double largest =
          RegularizationPath.of(byAlpha).grid(1, 1).fit(golden.x(), y).getFirst().alpha();
      assertThat(largest).isCloseTo(golden.array("largest")[0], within(1e-6));
    }
  }
}
