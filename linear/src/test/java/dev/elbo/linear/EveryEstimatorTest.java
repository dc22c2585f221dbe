package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every estimator owes its user: on inputs that other tools are blamed for its certificate
 * holds, or the failure is named; bad data is refused, and the place named.
 */
class EveryEstimatorTest {
  private static final int ROWS = 60;
  private static final int COLUMNS = 12;
  private static final double[][] X = Samples.normal(ROWS, COLUMNS, 21);
  private static final double[] Y = Samples.target(X, 4, 22);

  static List<Member> members() {
    return Member.all();
  }

  private static void leaves(Class<?> type, Set<Class<?>> found) {
    if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(each -> leaves(each, found));
    } else {
      found.add(type);
    }
  }

  @Test
  void everyEstimatorIsAMember() {
    Set<Class<?>> all = new HashSet<>();
    leaves(Estimator.class, all);
    Set<Class<?>> members =
        members().stream()
            .map(member -> member.make().apply(1).getClass())
            .collect(Collectors.toSet());
    assertThat(members).isEqualTo(all);
  }

  // ---- hard inputs ------------------------------------------------------------------------------

  /**
   * Hard data, and what may end before its tolerance there: of dense columns, and of sparse ones,
   * whose means are not taken off the values themselves.
   */
  private record Hard(
      String name, double[][] x, double[] y, List<String> dense, List<String> sparse) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Cell {
    double at(int row, int column);
  }

  private static double[][] table(Cell cell) {
    double[][] x = new double[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        x[i][j] = cell.at(i, j);
      }
    }
    return x;
  }

  private static double unit(int column) {
    return Math.pow(10, -8 + 16 * column / (COLUMNS - 1.0));
  }

  private static List<Hard> hardOnes() {
    double[][] noise = Samples.normal(ROWS, COLUMNS, 23);
    double[] far = Arrays.stream(Y).map(value -> value + 1e8).toArray();
    return List.of(
        new Hard(
            "columns in two bundles, 1e-3 apart",
            table((i, j) -> X[i][j / 6] + 1e-3 * noise[i][j]),
            Y,
            List.of("MultiTaskLasso"),
            List.of("MultiTaskLasso", "GroupLasso")),
        new Hard(
            "columns in two bundles, 1e-6 apart",
            table((i, j) -> X[i][j / 6] + 1e-6 * noise[i][j]),
            Y,
            List.of("MultiTaskLasso", "GroupLasso"),
            List.of("MultiTaskLasso", "GroupLasso")),
        of("two columns, six times each", table((i, j) -> X[i][j / 6]), Y),
        of("columns of 1e-8 to 1e8", table((i, j) -> unit(j) * X[i][j]), Y),
        new Hard(
            "columns with a mean of 1e6",
            table((i, j) -> X[i][j] + 1e6),
            Y,
            List.of(),
            List.of(
                "Lasso",
                "ElasticNet",
                "GroupLasso",
                "MultiTask",
                "LogisticRegression.of(1.0).l1",
                "Poisson",
                "Huber")),
        // Slopes that sum to 0 are known to 1e-8 of what they are made of.
        new Hard(
            "a target with a mean of 1e8",
            X,
            far,
            List.of("Poisson", "Huber"),
            List.of("Poisson", "Huber")),
        of("columns of zeros among others", table((i, j) -> j % 3 == 1 ? 0 : X[i][j]), Y),
        of("columns of zeros alone", new double[ROWS][COLUMNS], Y),
        of("a constant target", X, constant(ROWS, 3)));
  }

  private static Hard of(String name, double[][] x, double[] y) {
    return new Hard(name, x, y, List.of(), List.of());
  }

  private static double[] constant(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }

  static Stream<Arguments> hard() {
    return members().stream()
        .flatMap(member -> hardOnes().stream().map(hard -> Arguments.of(member, hard)))
        // Of one class there is nothing to learn: an error, tested elsewhere.
        .filter(row ->
            !(row.get()[0].toString().startsWith("Log")
                && row.get()[1].toString().equals("a constant target")));
  }

  @ParameterizedTest
  @MethodSource("hard")
  void theCertificateHoldsOrTheFailureIsNamed(Member member, Hard hard) {
    double[][] targets = member.targets(hard.y());
    Matrix dense = Matrix.of(hard.x());
    assertHard(member, dense, targets, hard.dense());
    assertHard(member, Samples.sparse(dense), targets, hard.sparse());
  }

  private static void assertHard(
      Member member, Matrix x, double[][] targets, List<String> unfinished) {
    Member.Outcome fit = member.fit(x, targets, constant(ROWS, 1));
    assertCertified(member, x, targets, constant(x.columns(), 1), fit);
    if (unfinished.stream().noneMatch(member.name()::startsWith)) {
      assertThat(fit.converged()).as(fit.warning().toString()).isTrue();
    }
  }

  /** Rounding decides nothing: what has no use is 0. */
  @ParameterizedTest
  @MethodSource("members")
  void whereThereIsNothingToLearnCoefficientsAreZero(Member member) {
    double[][] targets = member.targets(Y);
    Member.Outcome zeros =
        member.fit(Matrix.of(new double[ROWS][COLUMNS]), targets, constant(ROWS, 1));
    assertThat(zeros.coefficients()[0]).containsOnly(0);
    if (!member.name().startsWith("Logistic")) {
      double[][] same = new double[targets.length][ROWS];
      Arrays.stream(same).forEach(each -> Arrays.fill(each, 3));
      Member.Outcome constant = member.fit(Matrix.of(X), same, constant(ROWS, 1));
      assertThat(constant.coefficients()[0]).containsOnly(0);
      boolean isLog = member.name().startsWith("Poisson");
      assertThat(constant.intercepts()[0]).isCloseTo(isLog ? Math.log(3) : 3, within(1e-15));
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void columnsOfAllSizesStandardised(Member member) {
    Matrix x = Matrix.of(table((i, j) -> unit(j) * X[i][j]));
    double[][] targets = member.targets(Y);
    double[] ones = constant(ROWS, 1);
    double[] units = new double[COLUMNS];
    Arrays.setAll(units, j -> x.values().deviation(j, ones));
    member
        .fitStandardized(x, targets, ones)
        .ifPresent(fit -> {
          assertThat(fit.converged()).as(fit.warning().toString()).isTrue();
          assertCertified(member, x, targets, units, fit);
        });
  }

  /** The certificate against KKT conditions that are worked out anew. */
  private static void assertCertified(
      Member member, Matrix x, double[][] targets, double[] units, Member.Outcome fit) {
    double[] ones = constant(x.rows(), 1);
    double reported = fit.certificate().kktResidual();
    double[] violations = member.violations(x, targets, ones, units, fit);
    double target = 0;
    for (double[] each : targets) {
      target = Math.max(target, Arrays.stream(each).map(Math::abs).max().orElseThrow());
    }
    double eta = target;
    for (int j = 0; j < x.columns(); j++) {
      double b = 0;
      for (double[] each : fit.coefficients()) {
        assertThat(each[j]).isFinite();
        b = Math.max(b, Math.abs(each[j]));
      }
      eta = Math.max(eta, b * Arrays.stream(x.column(j)).map(Math::abs).max().orElseThrow());
    }
    for (int j = 0; j <= x.columns(); j++) {
      double size = 1;
      if (j < x.columns()) {
        size = Arrays.stream(x.column(j)).map(Math::abs).max().orElseThrow();
      }
      // What is made of numbers as large as eta is known to their rounding.
      double slack = 1e-14 * size * eta / Math.min(fit.scale(), 1);
      assertThat(violations[j]).as("feature %d", j).isLessThanOrEqualTo(1.001 * reported + slack);
    }
    if (!Double.isNaN(fit.certificate().dualityGap())) {
      assertThat(fit.certificate().dualityGap()).isNotNegative();
    }
    if (!fit.converged()) {
      assertThat(fit.warning().orElseThrow())
          .startsWith(member.make().apply(x.columns()).call() + ": not converged. It reached a ")
          .contains("the tolerance is");
    }
  }

  /** {@link HardInputsTest} has more rows for Lasso. */
  @ParameterizedTest
  @MethodSource("members")
  void moreThanFiftyThousandFeatures(Member member) {
    double[][] rows = Samples.normal(15, 50_001, 24);
    Matrix x = Matrix.of(rows);
    double[][] targets = member.targets(Samples.target(rows, 5, 25));
    // With so many features these two pass over all of them again and again: a round will do.
    boolean isLong =
        member.name().equals("PoissonRegression.of(0.1)")
            || member.name().equals("HuberRegression.of(2.0)");
    Member.Outcome fit =
        isLong
            ? member.fitBriefly(x, targets, constant(15, 1))
            : member.fit(x, targets, constant(15, 1));
    // Huber's scale falls to 0 where the samples are met exactly.
    if (!isLong && !member.name().startsWith("Huber")) {
      assertThat(fit.converged()).as(fit.warning().toString()).isTrue();
    }
    assertCertified(member, x, targets, constant(x.columns(), 1), fit);
  }

  // ---- bad data ---------------------------------------------------------------------------------

  private static void fails(Member member, Runnable call, String part) {
    assertThatIllegalArgumentException()
        .as(member.name())
        .isThrownBy(call::run)
        .withMessageContaining(part);
  }

  private static double[][] with(double[][] values, int row, int column, double value) {
    double[][] changed = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    changed[row][column] = value;
    return changed;
  }

  @ParameterizedTest
  @MethodSource("members")
  void oneBadValueIsNamed(Member member) {
    double[][] targets = member.targets(Y);
    double[] ones = constant(ROWS, 1);
    Matrix good = Matrix.of(X);
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      Matrix dense = Matrix.of(with(X, 7, 3, bad));
      float[][] floats = new float[ROWS][COLUMNS];
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          floats[i][j] = (float) dense.column(j)[i];
        }
      }
      for (Matrix x : List.of(dense, Samples.sparse(dense), Matrix.of(floats))) {
        fails(
            member,
            () -> member.fit(x, targets, ones),
            ": expected finite values, received "
                + bad
                + " in x at row 7, column 3. Leave the row");
      }
      fails(
          member,
          () -> member.fit(good, with(targets, 0, 9, bad), ones),
          ": expected finite values, received " + bad + " in y at row 9. Leave the row out");
      fails(
          member,
          () -> member.fit(good, targets, with(new double[][] {ones}, 0, 5, bad)[0]),
          ": expected finite values, received " + bad + " in sampleWeight at row 5.");
    }
    fails(
        member,
        () -> member.fit(good, targets, with(new double[][] {ones}, 0, 5, -2)[0]),
        ": expected weights of 0 or more, received -2.0 in sampleWeight at row 5. A weight says");
    fails(
        member,
        () -> member.fit(good, targets, constant(ROWS, 0)),
        ": expected a positive weight, received zeros only. Weight at least one sample.");
  }

  @ParameterizedTest
  @MethodSource("members")
  void valuesWhoseProductsLeaveFloat64AreNamed(Member member) {
    double[][] targets = member.targets(Y);
    double[] ones = constant(ROWS, 1);
    for (double large : new double[] {2e75, 1e154, 1e308}) {
      String error = ": expected values of size 1.0E75 at most, received " + large + " in ";
      Matrix dense = Matrix.of(with(X, 7, 3, large));
      for (Matrix x : List.of(dense, Samples.sparse(dense))) {
        fails(member, () -> member.fit(x, targets, ones), error + "x at row 7, column 3. Their");
      }
      fails(
          member,
          () -> member.fit(Matrix.of(X), with(targets, 0, 9, large), ones),
          error + "y at row 9. Their products leave float64: write them in a larger unit.");
      fails(
          member,
          () -> member.fit(Matrix.of(X), targets, with(new double[][] {ones}, 0, 5, large)[0]),
          error + "sampleWeight at row 5. Their");
    }
    for (double small : new double[] {5e-76, 1e-170, Double.MIN_VALUE}) {
      String error = ": expected zeros only or a value of size 1.0E-75 or more in ";
      Matrix dense = Matrix.of(table((i, j) -> j != 3 ? X[i][j] : i % 3 == 0 ? -small : 0));
      for (Matrix x : List.of(dense, Samples.sparse(dense))) {
        fails(
            member,
            () -> member.fit(x, targets, ones),
            error + "column 3 of x, received none larger than " + small + ". Their products");
      }
      double[][] tiny = new double[targets.length][];
      Arrays.setAll(tiny, t -> Arrays.stream(targets[t]).map(y -> y > 0 ? small : 0).toArray());
      fails(
          member,
          () -> member.fit(Matrix.of(X), tiny, ones),
          error + "y, received none larger than " + small + ". Their products vanish in float64");
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void noDataAndMismatchedLengthsAreNamed(Member member) {
    double[][] targets = member.targets(Y);
    double[][] fewer = member.targets(Arrays.copyOf(Y, ROWS - 1));
    double[][] none = new double[targets.length][0];
    fails(
        member,
        () -> member.fit(Matrix.of(new double[0][]), none, new double[0]),
        ": expected at least one sample and one feature, received x of shape (0, 0). Check that");
    fails(
        member,
        () -> member.fit(Matrix.of(new double[ROWS][0]), targets, constant(ROWS, 1)),
        ": expected at least one sample and one feature, received x of shape (60, 0). Check that");
    fails(
        member,
        () -> member.fit(Matrix.of(X), fewer, constant(ROWS - 1, 1)),
        ": expected one value a sample in y, 60 in all, received 59. Check that x and y come");
    fails(
        member,
        () -> member.fit(Matrix.of(X), targets, constant(ROWS + 1, 1)),
        ": expected one value a sample in sampleWeight, 60 in all, received 61. Check that x and");
  }

  @Test
  void pathsRefuseTheSame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegularizationPath.of(Lasso::of).fit(with(X, 7, 3, Double.NaN), Y).size())
        .withMessageContaining("received NaN in x at row 7, column 3.");
  }
}
