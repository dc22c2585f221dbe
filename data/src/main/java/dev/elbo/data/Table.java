package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.tensor.Random;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Named columns of one length; it never changes.
 *
 * <pre>{@code
 * Table table = Table.read(Path.of("people.csv"));
 * Table.Split parts = table.split(0.8, 7);
 * TableEncoding encoding = TableEncoder.of().target("income").fit(parts.train());
 * }</pre>
 *
 * <p>Rows remember where they come from (the line of a file), also after {@link #select} and {@link
 * #split}: an error about one names it.
 */
@CheckReturnValue
public final class Table {
  private final Map<String, Column> columns;
  private final Origin origin;

  private Table(Map<String, Column> columns, Origin origin) {
    this.columns = columns;
    this.origin = origin;
  }

  static Table of(List<? extends Column> columns, Origin origin) {
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      if (byName.put(column.name(), column) != null) {
        throw new IllegalArgumentException(
            origin.source()
                + ": expected columns of different names, received two that are named '"
                + column.name()
                + "'. Rename one of them.");
      }
      if (column.size() != origin.numbers().length) {
        throw new IllegalArgumentException(
            origin.of(column.name())
                + ": expected "
                + origin.numbers().length
                + " rows as in the first column, received "
                + column.size()
                + ". Give every column a value a row; NaN or \"\" where it is missing.");
      }
    }
    return new Table(byName, origin);
  }

  /**
   * A table of columns.
   *
   * @throws IllegalArgumentException if there is none, two have one name, or lengths differ
   */
  public static Table of(Column... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException(
          "Table.of: expected at least one column, received none. Use Column.numeric and"
              + " Column.text.");
    }
    return of(List.of(columns), Origin.memory(columns[0].size()));
  }

  /**
   * A table of numbers.
   *
   * @param names one a column
   * @param rows one array a row, as long as there are names; NaN for a missing value
   * @throws IllegalArgumentException if a row has another length
   */
  public static Table of(List<String> names, double[][] rows) {
    double[][] values = new double[names.size()][rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != names.size()) {
        throw new IllegalArgumentException(
            "table, row "
                + i
                + ": expected "
                + names.size()
                + " values, one a name, received "
                + rows[i].length
                + ". Fill in NaN for a missing one.");
      }
      for (int j = 0; j < names.size(); j++) {
        values[j][i] = rows[i][j];
      }
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      columns.add(new NumericColumn(names.get(j), values[j]));
    }
    return of(columns, Origin.memory(rows.length));
  }

  /**
   * A CSV file with commas, a header and UTF-8; {@link Csv} reads others.
   *
   * @throws DataException if it cannot be read; the message names line and column
   */
  public static Table read(Path csv) {
    return Csv.of().read(csv);
  }

  /**
   * What is left of a query's rows. Numeric and boolean columns (0 and 1) become numeric, all that
   * can be read as text becomes text, NULL is missing. Names are the labels of the query. The
   * result set is read to its end and not closed.
   *
   * @throws DataException if the database fails, there are no rows, or a column is of a type that
   *     has no text
   */
  public static Table of(ResultSet rows) {
    return QueryReader.read(rows);
  }

  /** How many rows there are. */
  public int rows() {
    return origin.numbers().length;
  }

  /** The names, in order. */
  public List<String> columnNames() {
    return List.copyOf(columns.keySet());
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return List.copyOf(columns.values());
  }

  /** Whether there is a column of that name. */
  public boolean hasColumn(String name) {
    return columns.containsKey(name);
  }

  /**
   * The column of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public Column column(String name) {
    require(name);
    return Objects.requireNonNull(columns.get(name));
  }

  void require(String name) {
    if (!columns.containsKey(name)) {
      throw new IllegalArgumentException(
          origin.source()
              + ": expected a column '"
              + name
              + "', received "
              + Names.list(columnNames())
              + Names.suggestion(name, columns.keySet()));
    }
  }

  /**
   * A copy of a numeric column's values, NaN where one is missing.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds texts
   */
  public double[] numbers(String name) {
    return switch (column(name)) {
      case NumericColumn numbers -> numbers.values();
      case TextColumn texts -> throw new IllegalArgumentException(notNumeric(texts));
    };
  }

  private String notNumeric(TextColumn column) {
    for (int row = 0; row < rows(); row++) {
      if (!column.isMissing(row)) {
        return origin.place(row, column.name())
            + ": expected a number, received '"
            + column.value(row).orElseThrow()
            + "'. Encode texts with TableEncoder.";
      }
    }
    return origin.of(column.name()) + ": expected numbers, received no value at all.";
  }

  /** Some rows, in the order of the indices, which count from 0. */
  public Table select(int... rows) {
    List<Column> chosen = columns.values().stream().map(column -> column.select(rows)).toList();
    return of(chosen, origin.select(rows));
  }

  /** Some columns, in that order. */
  public Table only(String... names) {
    return of(Arrays.stream(names).map(this::column).toList(), origin);
  }

  /** All columns but some, each of which must be there. */
  public Table without(String... names) {
    Set<String> left =
        Arrays.stream(names).map(name -> column(name).name()).collect(Collectors.toSet());
    return of(
        columns.values().stream().filter(column -> !left.contains(column.name())).toList(), origin);
  }

  /** With one column more, or one replaced by that of the same name. */
  public Table with(Column column) {
    Map<String, Column> changed = new LinkedHashMap<>(columns);
    changed.put(column.name(), column);
    return of(List.copyOf(changed.values()), origin);
  }

  /**
   * Deals the rows to two tables at random; each keeps the order they have here.
   *
   * @param fraction of the rows that go to the first (rounded down), between 0 and 1
   * @param seed the same seed deals alike
   * @throws IllegalArgumentException if a part would be empty
   */
  public Split split(double fraction, long seed) {
    int rows = rows();
    // 0.29 * 100 is 28.999999999999996: what is a whole number on paper stays one.
    int first = (int) Math.floor(fraction * rows + 1e-9 * rows);
    if (!(fraction > 0 && fraction < 1) || first == 0 || first == rows) {
      throw new IllegalArgumentException(
          "Table.split: expected a fraction between 0 and 1 that leaves rows on both sides,"
              + " received "
              + fraction
              + " of "
              + rows
              + " rows.");
    }
    int[] order = Random.permutation(rows).seed(seed).toInts();
    int[] train = Arrays.copyOf(order, first);
    int[] test = Arrays.copyOfRange(order, first, rows);
    Arrays.sort(train);
    Arrays.sort(test);
    return new Split(select(train), select(test));
  }

  /**
   * The two parts of a split.
   *
   * @param train to fit on
   * @param test held back
   */
  public record Split(Table train, Table test) {}

  Origin origin() {
    return origin;
  }

  /** Such as {@code Table(442 rows; age: numeric, sex: text (2 values))}. */
  @Override
  public String toString() {
    return "Table("
        + rows()
        + " rows; "
        + columns.values().stream().map(Column::toString).collect(Collectors.joining(", "))
        + ")";
  }
}
