package dev.elbo.linear.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 999, 1000, 1001, 1025, 4097})
  void aConstantColumnBecomesZeros(int rows) {
    double[] equal = Vectors.ones(rows);
    double[] falling = new double[rows];
    Arrays.setAll(falling, i -> 1 / (1.0 + i));
    double[] tiny = new double[rows];
    Arrays.setAll(tiny, i -> 1e-250 * falling[i]);
    for (double constant : new double[] {0.1, -1e-9, 1 / 3.0, 123_456.789, 1e60, 1e-74}) {
      double[] column = new double[rows];
      Arrays.fill(column, constant);
      for (double[] weights : new double[][] {equal, falling, tiny}) {
        Columns columns = new DenseColumns(new double[][] {column}, rows);
        Problem problem = Problem.of(columns, falling, weights, true);
        assertThat(problem.design().column(0)).as("%s", constant).containsOnly(0);
        assertThat(problem.design().squares(0)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 50, 2000})
  void weightsThatDifferProveNothing(int rows) {
    double[] weights = Vectors.ones(rows);
    weights[1] = 0;
    double[] column = Vectors.ones(rows);
    column[1] = 1e100;
    Columns columns = new DenseColumns(new double[][] {column}, rows);
    for (boolean intercept : new boolean[] {true, false}) {
      Problem problem = Problem.of(columns, Vectors.ones(rows), weights, intercept);
      assertThat(problem.hasSizes(0, 1e-75, 1e75)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 2000})
  void sizesAreProvenOnlyWhereTheyHold(int rows) {
    double[] ones = Vectors.ones(rows);
    double[] values = new double[rows];
    Arrays.setAll(values, i -> Math.sin(i));
    for (double factor : new double[] {1, 1e-60, 1e-76, 1e-200, 1e60, 1e76, 1e200, 1e308}) {
      for (double shift : new double[] {0, 1, 1e-10, 3e10}) {
        double[] column = new double[rows];
        Arrays.setAll(column, i -> factor * (values[i] + shift));
        for (boolean intercept : new boolean[] {true, false}) {
          Columns columns = new DenseColumns(new double[][] {column}, rows);
          boolean isProven = Problem.of(columns, ones, ones, intercept).hasSizes(0, 1e-75, 1e75);
          double largest = Vectors.largest(column);
          boolean holds = largest >= 1e-75 && largest <= 1e75;
          assertThat(holds || !isProven).as("%s of %s values", largest, rows).isTrue();
          if (rows > 1 && factor == 1) {
            assertThat(isProven).isTrue();
          }
        }
      }
    }
    double[] broken = values.clone();
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      broken[rows / 2] = value;
      Columns columns = new DenseColumns(new double[][] {broken}, rows);
      assertThat(Problem.of(columns, ones, ones, true).hasSizes(0, 1e-75, 1e75)).isFalse();
      assertThat(Problem.of(columns, ones, ones, false).hasSizes(0, 1e-75, 1e75)).isFalse();
    }
  }
}
