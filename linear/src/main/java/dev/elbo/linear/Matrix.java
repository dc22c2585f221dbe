package dev.elbo.linear;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/** A dense float64 matrix that is kept by columns and never changes. */
public final class Matrix {
  private final double[][] columns;
  private final int rows;

  private Matrix(double[][] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A matrix from its rows, which are copied.
   *
   * @param rows one array a sample, all of one length
   * @throws IllegalArgumentException if rows differ in length
   */
  public static Matrix of(double[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    double[][] columns = new double[width][rows.length];
    for (int i = 0; i < rows.length; i++) {
      requireLength("row", i, rows[i].length, width);
      for (int j = 0; j < width; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return new Matrix(columns, rows.length);
  }

  /**
   * A matrix from its columns, which are copied.
   *
   * @param columns one array a feature, all of one length
   * @throws IllegalArgumentException if columns differ in length
   */
  public static Matrix ofColumns(double[][] columns) {
    int height = columns.length == 0 ? 0 : columns[0].length;
    double[][] copy = new double[columns.length][];
    for (int j = 0; j < columns.length; j++) {
      requireLength("column", j, columns[j].length, height);
      copy[j] = columns[j].clone();
    }
    return new Matrix(copy, height);
  }

  /**
   * A matrix from a tensor of shape (samples, features), of any numeric type.
   *
   * @throws IllegalArgumentException if the tensor has another rank
   */
  public static Matrix of(Tensor tensor) {
    if (tensor.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "Matrix.of: expected a tensor of shape (samples, features), received "
              + tensor.shape()
              + ". Reshape it to two axes before.");
    }
    int rows = tensor.shape().dim(0);
    double[] values = tensor.cast(DType.FLOAT64).toDoubles();
    double[][] columns = new double[tensor.shape().dim(1)][rows];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < rows; i++) {
        columns[j][i] = values[i * columns.length + j];
      }
    }
    return new Matrix(columns, rows);
  }

  private static void requireLength(String what, int index, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "Matrix: expected each "
              + what
              + " to have "
              + expected
              + " values as the first has, received "
              + length
              + " in "
              + what
              + " "
              + index
              + ". Fill in what is missing before.");
    }
  }

  /** How many samples there are. */
  public int rows() {
    return rows;
  }

  /** How many features there are. */
  public int columns() {
    return columns.length;
  }

  /** A copy of one feature's values. */
  public double[] column(int feature) {
    return columns[feature].clone();
  }

  /** The matrix of some rows, in the order of the indices. */
  public Matrix select(int... indices) {
    double[][] chosen = new double[columns.length][indices.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < indices.length; i++) {
        chosen[j][i] = columns[j][indices[i]];
      }
    }
    return new Matrix(chosen, indices.length);
  }

  /** The values themselves, for reading. */
  double[][] values() {
    return columns;
  }

  /** {@code X b + intercept} */
  double[] times(double[] coefficients, double intercept) {
    double[] result = new double[rows];
    Arrays.fill(result, intercept);
    for (int j = 0; j < columns.length; j++) {
      double coefficient = coefficients[j];
      if (coefficient != 0) {
        for (int i = 0; i < rows; i++) {
          result[i] += coefficient * columns[j][i];
        }
      }
    }
    return result;
  }

  /** The shape, such as {@code Matrix(100, 5)}. */
  @Override
  public String toString() {
    return "Matrix(" + rows + ", " + columns.length + ")";
  }
}
