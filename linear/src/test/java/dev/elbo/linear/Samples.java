package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import java.util.Arrays;

/** Simulated data. */
final class Samples {
  private Samples() {}

  /** Standard normal features, as rows. */
  static double[][] normal(int rows, int columns, long seed) {
    double[] values =
        Random.normal(Shape.of(rows, columns)).seed(seed).cast(DType.FLOAT64).toDoubles();
    double[][] x = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * columns, x[i], 0, columns);
    }
    return x;
  }

  /**
   * {@code x b + 0.5 noise + 1}, the first {@code active} of b being 3, -2.5, 2, -1.5, ...
   * repeated.
   */
  static double[] target(double[][] x, int active, long seed) {
    double[][] noise = normal(x.length, 1, seed);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 1 + 0.5 * noise[i][0];
      for (int j = 0; j < active; j++) {
        y[i] += (j % 2 == 0 ? 1 : -1) * (3 - 0.5 * (j % 5)) * x[i][j];
      }
    }
    return y;
  }

  /** The values that are not 0, as a sparse matrix, from entries in an order that is none. */
  static Matrix sparse(Matrix dense) {
    int rows = dense.rows();
    int size = rows * dense.columns();
    int[] places = new int[size];
    int[] columns = new int[size];
    double[] values = new double[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      int entry = (int) ((i * 7919L) % size);
      entry = size % 7919 == 0 ? i : entry;
      double value = dense.column(entry / rows)[entry % rows];
      if (value != 0) {
        places[count] = entry % rows;
        columns[count] = entry / rows;
        values[count++] = value;
      }
    }
    return Matrix.sparse(
        rows,
        dense.columns(),
        Arrays.copyOf(places, count),
        Arrays.copyOf(columns, count),
        Arrays.copyOf(values, count));
  }

  static void assertClose(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int j = 0; j < expected.length; j++) {
      assertThat(actual[j]).as("value %d", j).isCloseTo(expected[j], within(tolerance));
    }
  }
}
