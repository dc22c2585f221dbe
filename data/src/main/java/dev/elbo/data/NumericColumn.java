package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.stream.IntStream;

/** Numbers, float64; NaN where one is missing. */
@CheckReturnValue
public final class NumericColumn implements Column {
  private final String name;
  private final double[] values;

  /** Keeps the array. */
  NumericColumn(String name, double[] values) {
    this.name = Names.require(name);
    this.values = values;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public ColumnType type() {
    return ColumnType.NUMERIC;
  }

  /** The number in a row, NaN if it is missing. */
  public double value(int row) {
    return values[row];
  }

  /** A copy of all numbers, NaN for a missing one. */
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean isMissing(int row) {
    return Double.isNaN(values[row]);
  }

  @Override
  public NumericColumn select(int... rows) {
    return new NumericColumn(name, IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
  }

  @Override
  public NumericColumn rename(String other) {
    return new NumericColumn(other, values);
  }

  /** Such as {@code age: numeric}. */
  @Override
  public String toString() {
    return name + ": numeric";
  }
}
