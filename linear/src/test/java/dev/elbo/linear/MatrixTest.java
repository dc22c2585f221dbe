package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense, float32 and sparse matrices through the same doors. */
class MatrixTest {
  /** 60 samples of 30 features, nine in ten values 0, a column of zeros and a constant one. */
  private static double[][] mostlyZeros() {
    double[][] x = Samples.normal(60, 30, 1);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 30; j++) {
        x[i][j] = (i * 31 + j * 17) % 10 == 0 ? (float) x[i][j] : 0;
      }
      x[i][7] = 0;
      x[i][8] = 2.5;
    }
    return x;
  }

  private static final double[][] X = mostlyZeros();
  private static final double[] Y = Samples.target(X, 12, 2);

  static List<LinearEstimator<?>> estimators() {
    double[] factors = new double[30];
    Arrays.fill(factors, 1);
    factors[3] = 0;
    factors[8] = 0;
    factors[12] = Double.POSITIVE_INFINITY;
    return List.of(
        LinearRegression.of(),
        Ridge.of(0.7),
        Lasso.of(0.01),
        Lasso.of(0.01).fitIntercept(false),
        ElasticNet.of(0.02, 0.5).positive(true),
        ElasticNet.of(0.02, 0.5).penaltyFactors(factors),
        Lasso.of(0.01).penaltyFactors(factors).standardize(true),
        Lasso.of(0.01).bounds(-0.5, 1),
        ElasticNet.of(0.02, 0.5).standardize(true));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void allKindsOfMatrixGiveTheSameModel(LinearEstimator<?> estimator) {
    double[] weights = new double[60];
    for (int i = 0; i < 60; i++) {
      weights[i] = i % 7;
    }
    Matrix dense = Matrix.of(X);
    Matrix sparse = Samples.sparse(dense);
    float[][] single = new float[60][30];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 30; j++) {
        single[i][j] = (float) X[i][j];
      }
    }
    LinearEstimator<?> tight = estimator.tolerance(1e-14);
    for (Matrix other : List.of(sparse, Matrix.of(single))) {
      LinearModel expected = tight.fit(dense, Y);
      LinearModel model = tight.fit(other, Y);
      Samples.assertClose(model.coefficients(), expected.coefficients(), 1e-6);
      assertThat(model.intercept()).isCloseTo(expected.intercept(), within(1e-6));
      assertThat(model.predict(other)).containsExactly(model.predict(dense), within(1e-12));
      Samples.assertClose(
          tight.fit(other, Y, weights).coefficients(),
          tight.fit(dense, Y, weights).coefficients(),
          1e-6);
    }
    assertThat(estimator.fit(sparse, Y).coefficients()[7]).isZero();
  }

  @Test
  void pathsAndKnotsOfSparseColumnsAreThoseOfDenseOnes() {
    Matrix dense = Matrix.of(X);
    Matrix sparse = Samples.sparse(dense);
    RegularizationPath path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(1e-14)).grid(10, 0.01);
    List<PathStep> expected = path.fit(dense, Y);
    List<PathStep> steps = path.fit(sparse, Y);
    for (int i = 0; i < 10; i++) {
      Samples.assertClose(
          steps.get(i).model().coefficients(), expected.get(i).model().coefficients(), 1e-6);
    }
    assertThat(LassoKnots.of(sparse, Y).segments())
        .extracting(LassoKnots.Segment::features)
        .isEqualTo(
            LassoKnots.of(dense, Y).segments().stream().map(LassoKnots.Segment::features).toList());
    assertThat(path.crossValidate(sparse, Y, 5, 1).best().alpha())
        .isCloseTo(path.crossValidate(dense, Y, 5, 1).best().alpha(), within(1e-12));
  }

  @Test
  void entriesOfOnePlaceAreAddedUp() {
    Matrix x =
        Matrix.sparse(3, 2, new int[] {2, 0, 2}, new int[] {1, 0, 1}, new double[] {1, 5, 2});
    assertThat(x).hasToString("Matrix(3, 2, 2 entries)");
    assertThat(x.isSparse()).isTrue();
    assertThat(x.column(0)).containsExactly(5, 0, 0);
    assertThat(x.column(1)).containsExactly(0, 0, 3);
    Matrix csc =
        Matrix.sparseColumns(3, new int[] {0, 1, 3}, new int[] {0, 2, 2}, new double[] {5, 1, 2});
    assertThat(csc.column(1)).containsExactly(0, 0, 3);
    assertThat(csc.select(2, 2, 0).column(1)).containsExactly(3, 3, 0);
  }

  @Test
  void sparseInputIsChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Matrix.sparse(3, 2, new int[] {3}, new int[] {0}, new double[] {1}).rows())
        .withMessage(
            "Matrix.sparse: expected rowIndices from 0 to 2, received 3 at entry 0. Indices begin at"
                + " 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Matrix.sparse(3, 2, new int[] {0, 5, 1}, new int[] {1, 0, 0}, new double[3]).rows())
        .as("entries are those of the caller, before they are sorted by column")
        .withMessage(
            "Matrix.sparse: expected rowIndices from 0 to 2, received 5 at entry 1. Indices begin at"
                + " 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Matrix.sparse(3, 2, new int[] {1}, new int[] {2}, new double[] {1}).rows())
        .withMessage(
            "Matrix.sparse: expected columnIndices from 0 to 1, received 2 at entry 0. Indices begin"
                + " at 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matrix.sparse(3, 2, new int[] {1}, new int[0], new double[] {1}).rows())
        .withMessage(
            "Matrix.sparse: expected one of columnIndices a value, 1 in all, received 0. Each entry"
                + " has a row, a column and a value.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Matrix.sparseColumns(3, new int[] {0, 2}, new int[] {1}, new double[] {1}).rows())
        .withMessage(
            "Matrix.sparseColumns: expected starts from 0 to 1, one a column and one more, received 2"
                + " of them, 0 to 2. Hand over indptr, indices and data of a csc_matrix.");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Lasso.of(1)
                .fit(
                    Matrix.sparse(2, 1, new int[] {1}, new int[] {0}, new double[] {Double.NaN}),
                    new double[2])
                .nonZeros())
        .withMessage(
            "Lasso.of(1.0): expected finite values, received NaN in x at row 1, column 0. Leave the"
                + " row out, or fill in a value such as the column's median.");
  }

  @Test
  void boundsHoldAndSayWhatTheyExpect() {
    LinearModel free = LinearRegression.of().fit(X, Y);
    LinearModel held = LinearRegression.of().bounds(-1, 0.75).tolerance(1e-13).fit(X, Y);
    assertThat(held.converged()).as(held.toString()).isTrue();
    assertThat(held.dualityGap()).isLessThan(1e-11);
    assertThat(Arrays.stream(free.coefficients()).max().orElseThrow()).isGreaterThan(0.75);
    assertThat(Arrays.stream(held.coefficients()).allMatch(b -> b >= -1 && b <= 0.75)).isTrue();
    assertThat(held.coefficients()).contains(0.75);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lasso.of(1).bounds(0.5, 1).alpha())
        .withMessage(
            "bounds: expected a lower bound of 0 or less for feature 0, received 0.5. Bounds must"
                + " allow 0, where the penalty leads; shift the target by X b instead.");
  }

  @Test
  void standardizingIsThePenaltyOfStandardizedColumns() {
    double[][] scaled = new double[60][30];
    double[] deviations = new double[30];
    for (int j = 0; j < 30; j++) {
      double mean = 0;
      for (double[] row : X) {
        mean += row[j] / 60;
      }
      double variance = 0;
      for (double[] row : X) {
        variance += (row[j] - mean) * (row[j] - mean) / 60;
      }
      deviations[j] = variance > 1e-20 ? Math.sqrt(variance) : 1;
      for (int i = 0; i < 60; i++) {
        scaled[i][j] = X[i][j] / deviations[j];
      }
    }
    double[] expected = ElasticNet.of(0.05, 0.6).tolerance(1e-14).fit(scaled, Y).coefficients();
    for (int j = 0; j < 30; j++) {
      expected[j] /= deviations[j];
    }
    double[] b =
        ElasticNet.of(0.05, 0.6).standardize(true).tolerance(1e-14).fit(X, Y).coefficients();
    Samples.assertClose(b, expected, 1e-6);
  }
}
