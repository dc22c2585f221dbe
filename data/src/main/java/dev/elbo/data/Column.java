package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/** A named column of a {@link Table}; it never changes. Any value of it may be missing. */
@CheckReturnValue
public sealed interface Column permits NumericColumn, TextColumn {

  /**
   * A column of numbers. NaN stands for a missing one.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  static NumericColumn numeric(String name, double... values) {
    return new NumericColumn(name, values.clone());
  }

  /**
   * A column of texts. A blank text stands for a missing one.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  static TextColumn text(String name, String... values) {
    return text(name, List.of(values));
  }

  /** A column of texts; see {@link #text(String, String...)}. */
  static TextColumn text(String name, List<String> values) {
    return TextColumn.of(name, values);
  }

  /** The name, as it stands in the header. */
  String name();

  /** How many rows there are. */
  int size();

  /** What the column holds. */
  ColumnType type();

  /** Whether there is no value in a row. */
  boolean isMissing(int row);

  /** The column of some rows, in the order of the indices. */
  Column select(int... rows);

  /** The same values under another name. */
  Column rename(String name);
}
