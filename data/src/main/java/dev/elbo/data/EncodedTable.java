package dev.elbo.data;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A table as numbers, with the names of its columns; it never changes. */
public final class EncodedTable {
  private final List<String> names;
  private final List<double[]> columns;
  private final int[] rowIndices;
  private final Optional<double[]> target;
  private final List<String> classes;

  EncodedTable(
      List<String> names,
      List<double[]> columns,
      int[] rowIndices,
      Optional<double[]> target,
      List<String> classes) {
    this.names = names;
    this.columns = columns;
    this.rowIndices = rowIndices;
    this.target = target;
    this.classes = classes;
  }

  /** The names of the features, such as {@code age} and {@code colour=red}. */
  public List<String> names() {
    return names;
  }

  /** How many rows there are. */
  public int rows() {
    return rowIndices.length;
  }

  /** Which rows of the table these are, ascending: some may have been left out. */
  public int[] rowIndices() {
    return rowIndices.clone();
  }

  /** A copy of the features, one array a feature. */
  public double[][] columns() {
    return columns.stream().map(double[]::clone).toArray(double[][]::new);
  }

  /** Whether there is a target. */
  public boolean hasTarget() {
    return target.isPresent();
  }

  /**
   * A copy of the target, one value a row; of a text column the positions of {@link #classes}.
   *
   * @throws IllegalStateException if there is none
   */
  public double[] target() {
    return target
        .orElseThrow(() ->
            new IllegalStateException(
                "EncodedTable.target: expected a target, but the table was encoded without."
                    + " Call encodeWithTarget."))
        .clone();
  }

  /** What the labels of the target stand for; empty for a numeric one. */
  public List<String> classes() {
    return classes;
  }

  /**
   * The features, float32 (rows, features).
   *
   * @throws IllegalStateException if they are more than an array holds
   */
  public Tensor x() {
    int width = columns.size();
    if ((long) rows() * width > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "EncodedTable.x: expected at most "
              + Integer.MAX_VALUE
              + " values, received "
              + rows()
              + " rows of "
              + width
              + " features. Encode fewer rows at a time, or take columns().");
    }
    float[] values = new float[rows() * width];
    for (int j = 0; j < width; j++) {
      double[] column = columns.get(j);
      for (int i = 0; i < column.length; i++) {
        values[i * width + j] = (float) column[i];
      }
    }
    return Tensor.of(values, Shape.of(rows(), width));
  }

  /**
   * The target: float32 (rows, 1) of a numeric column, for {@code Dense.of(1)}; int32 (rows) of
   * labels, for the sparse losses.
   *
   * @throws IllegalStateException if there is none
   */
  public Tensor y() {
    double[] values = target();
    if (!classes.isEmpty()) {
      int[] labels = Arrays.stream(values).mapToInt(value -> (int) value).toArray();
      return Tensor.of(labels, Shape.of(labels.length));
    }
    float[] numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    return Tensor.of(numbers, Shape.of(numbers.length, 1));
  }

  /** Such as {@code EncodedTable(442 rows, 11 features)}. */
  @Override
  public String toString() {
    return "EncodedTable(" + rows() + " rows, " + names.size() + " features)";
  }
}
