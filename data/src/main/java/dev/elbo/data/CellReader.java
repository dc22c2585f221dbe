package dev.elbo.data;

import java.util.Arrays;
import java.util.Optional;

/** Collects the values of one column, row after row. */
sealed interface CellReader {
  /** Of the column. */
  String name();

  /**
   * Takes a value; a blank one is missing.
   *
   * @return whether it is of the column's type; a number beyond float64 is not
   */
  boolean add(String value);

  /** The column, if it is wanted. */
  Optional<Column> column();

  /** Of columns that are left out. */
  record Skipped() implements CellReader {
    @Override
    public String name() {
      return "";
    }

    @Override
    public boolean add(String value) {
      return true;
    }

    @Override
    public Optional<Column> column() {
      return Optional.empty();
    }
  }

  /** Of texts. */
  record Texts(String name, TextColumn.Builder values) implements CellReader {
    Texts(String name) {
      this(name, new TextColumn.Builder());
    }

    @Override
    public boolean add(String value) {
      values.add(value);
      return true;
    }

    @Override
    public Optional<Column> column() {
      return Optional.of(values.build(name));
    }
  }

  /** Of numbers. */
  final class Doubles implements CellReader {
    private final String name;
    private final char decimal;
    private double[] values = new double[64];
    private int size;

    Doubles(String name, char decimal) {
      this.name = name;
      this.decimal = decimal;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean add(String value) {
      double number = Numbers.isNumber(value, decimal) ? Numbers.parse(value, decimal) : Double.NaN;
      add(number);
      return value.isEmpty() || Double.isFinite(number);
    }

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    @Override
    public Optional<Column> column() {
      return Optional.of(new NumericColumn(name, Arrays.copyOf(values, size)));
    }
  }
}
