package dev.elbo.linear;

import dev.elbo.linear.internal.Columns;
import dev.elbo.linear.internal.DenseColumns;
import dev.elbo.linear.internal.FloatColumns;
import dev.elbo.linear.internal.SparseColumns;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * A matrix that is kept by columns and never changes: dense, of float64 or float32, or sparse.
 * Everything that takes a matrix takes each kind, and gives the same results up to rounding.
 */
public final class Matrix {
  private final Columns columns;

  private Matrix(Columns columns) {
    this.columns = columns;
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
    return new Matrix(new DenseColumns(columns, rows.length));
  }

  /**
   * A matrix of float32 from its rows, which are copied. It stays float32 while a model is fitted,
   * except with sample weights, and sums are float64.
   *
   * @param rows one array a sample, all of one length
   * @throws IllegalArgumentException if rows differ in length
   */
  public static Matrix of(float[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    float[][] columns = new float[width][rows.length];
    for (int i = 0; i < rows.length; i++) {
      requireLength("row", i, rows[i].length, width);
      for (int j = 0; j < width; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return new Matrix(new FloatColumns(columns, rows.length));
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
    return new Matrix(new DenseColumns(copy, height));
  }

  /**
   * A matrix from a tensor of shape (samples, features), of any numeric type; float32 stays so.
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
    int width = tensor.shape().dim(1);
    if (tensor.dtype() == DType.FLOAT32) {
      float[] values = tensor.toFloats();
      float[][] columns = new float[width][rows];
      for (int j = 0; j < width; j++) {
        for (int i = 0; i < rows; i++) {
          columns[j][i] = values[i * width + j];
        }
      }
      return new Matrix(new FloatColumns(columns, rows));
    }
    double[] values = tensor.cast(DType.FLOAT64).toDoubles();
    double[][] columns = new double[width][rows];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < rows; i++) {
        columns[j][i] = values[i * width + j];
      }
    }
    return new Matrix(new DenseColumns(columns, rows));
  }

  /**
   * A sparse matrix from its entries in any order; what is not named is 0, and entries of one place
   * are added up.
   *
   * @param rows how many samples
   * @param columns how many features
   * @param rowIndices the row of each entry
   * @param columnIndices the column of each entry
   * @param values the entries
   * @throws IllegalArgumentException if lengths differ or an index is outside the matrix
   */
  public static Matrix sparse(
      int rows, int columns, int[] rowIndices, int[] columnIndices, double[] values) {
    requireEntries("rowIndices", rowIndices.length, values.length);
    requireEntries("columnIndices", columnIndices.length, values.length);
    int[] starts = new int[columns + 1];
    for (int i = 0; i < values.length; i++) {
      requireIndex("rowIndices", i, rowIndices[i], rows);
      requireIndex("columnIndices", i, columnIndices[i], columns);
      starts[columnIndices[i] + 1]++;
    }
    for (int j = 0; j < columns; j++) {
      starts[j + 1] += starts[j];
    }
    int[] next = starts.clone();
    int[] places = new int[values.length];
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int to = next[columnIndices[i]]++;
      places[to] = rowIndices[i];
      sorted[to] = values[i];
    }
    return sparseColumns(rows, starts, places, sorted);
  }

  /**
   * A sparse matrix from compressed sparse columns (CSC, as SciPy's {@code csc_matrix} has them).
   *
   * @param rows how many samples
   * @param starts where each column's entries begin, and at last how many entries there are
   * @param rowIndices the row of each entry; those of one column may come in any order, and entries
   *     of one place are added up
   * @param values the entries
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public static Matrix sparseColumns(int rows, int[] starts, int[] rowIndices, double[] values) {
    requireEntries("rowIndices", rowIndices.length, values.length);
    if (starts.length == 0 || starts[0] != 0 || starts[starts.length - 1] != values.length) {
      throw new IllegalArgumentException(
          "Matrix.sparseColumns: expected starts from 0 to "
              + values.length
              + ", one a column and one more, received "
              + starts.length
              + " of them"
              + (starts.length == 0 ? "" : ", " + starts[0] + " to " + starts[starts.length - 1])
              + ". Hand over indptr, indices and data of a csc_matrix.");
    }
    int[] newStarts = new int[starts.length];
    int[] places = new int[values.length];
    double[] kept = new double[values.length];
    double[] sums = new double[rows];
    boolean[] isHere = new boolean[rows];
    int next = 0;
    for (int j = 0; j < starts.length - 1; j++) {
      if (starts[j + 1] < starts[j]) {
        throw new IllegalArgumentException(
            "Matrix.sparseColumns: expected starts that do not fall, received "
                + starts[j + 1]
                + " after "
                + starts[j]
                + " at column "
                + j
                + ". Hand over indptr of a csc_matrix.");
      }
      int first = next;
      for (int i = starts[j]; i < starts[j + 1]; i++) {
        requireIndex("rowIndices", i, rowIndices[i], rows);
        if (!isHere[rowIndices[i]]) {
          isHere[rowIndices[i]] = true;
          places[next++] = rowIndices[i];
        }
        sums[rowIndices[i]] += values[i];
      }
      Arrays.sort(places, first, next);
      for (int i = first; i < next; i++) {
        kept[i] = sums[places[i]];
        sums[places[i]] = 0;
        isHere[places[i]] = false;
      }
      newStarts[j + 1] = next;
    }
    return new Matrix(
        new SparseColumns(rows, newStarts, Arrays.copyOf(places, next), Arrays.copyOf(kept, next)));
  }

  private static void requireEntries(String name, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "Matrix.sparse: expected one of "
              + name
              + " a value, "
              + expected
              + " in all, received "
              + length
              + ". Each entry has a row, a column and a value.");
    }
  }

  private static void requireIndex(String name, int entry, int index, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "Matrix.sparse: expected "
              + name
              + " from 0 to "
              + (size - 1)
              + ", received "
              + index
              + " at entry "
              + entry
              + ". Indices begin at 0.");
    }
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
    return columns.rows();
  }

  /** How many features there are. */
  public int columns() {
    return columns.count();
  }

  /** Whether only what is not 0 is kept. */
  public boolean isSparse() {
    return columns instanceof SparseColumns;
  }

  /** A copy of one feature's values, zeros written out. */
  public double[] column(int feature) {
    return columns.toArray(feature);
  }

  /** The matrix of some rows, in the order of the indices. */
  public Matrix select(int... indices) {
    return new Matrix(columns.rows(indices));
  }

  /** The columns themselves. */
  Columns values() {
    return columns;
  }

  /** {@code X b + intercept} */
  double[] times(double[] coefficients, double intercept) {
    double[] result = new double[rows()];
    Arrays.fill(result, intercept);
    for (int j = 0; j < coefficients.length; j++) {
      if (coefficients[j] != 0) {
        columns.add(coefficients[j], j, result);
      }
    }
    return result;
  }

  /** The shape, such as {@code Matrix(100, 5)}, and the number of entries where it is sparse. */
  @Override
  public String toString() {
    String entries =
        columns instanceof SparseColumns sparse ? ", " + sparse.entries() + " entries" : "";
    return "Matrix(" + rows() + ", " + columns() + entries + ")";
  }
}
