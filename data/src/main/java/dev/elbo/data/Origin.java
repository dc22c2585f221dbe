package dev.elbo.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where rows come from, for errors.
 *
 * @param source such as a file
 * @param unit what the numbers count, such as "line"
 * @param numbers one a row
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Origin(String source, String unit, int[] numbers) {

  /** Rows that somebody had in memory, counted from 0. */
  static Origin memory(int rows) {
    return new Origin("table", "row", IntStream.range(0, rows).toArray());
  }

  Origin select(int[] rows) {
    return new Origin(source, unit, Arrays.stream(rows).map(row -> numbers[row]).toArray());
  }

  /** Such as {@code people.csv, line 8, column 'age'}. */
  String place(int row, String column) {
    return source + ", " + unit + " " + numbers[row] + ", " + place(column);
  }

  /** Such as {@code people.csv, column 'age'}. */
  String of(String column) {
    return source + ", " + place(column);
  }

  private static String place(String column) {
    return "column '" + column + "'";
  }
}
