package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How a {@link Table} is to become numbers: {@code TableEncoder.of().target("price").fit(table)}.
 * Settings never change: each returns others.
 *
 * <p>Numeric columns stay as they are. A text column {@code colour} becomes one column a category,
 * {@code colour=red} and so on, in the order of {@link String#compareTo}, 1 where a row has the
 * category and else 0.
 */
@CheckReturnValue
public final class TableEncoder {
  private final Optional<String> target;
  private final MissingRule missing;
  private final Map<String, MissingRule> byColumn;
  private final boolean ignoreUnknown;
  private final boolean dropFirst;
  private final int maxCategories;

  private TableEncoder(
      Optional<String> target,
      MissingRule missing,
      Map<String, MissingRule> byColumn,
      boolean ignoreUnknown,
      boolean dropFirst,
      int maxCategories) {
    this.target = target;
    this.missing = missing;
    this.byColumn = byColumn;
    this.ignoreUnknown = ignoreUnknown;
    this.dropFirst = dropFirst;
    this.maxCategories = maxCategories;
  }

  /** All columns are features; missing values and unknown categories are errors. */
  public static TableEncoder of() {
    return new TableEncoder(Optional.empty(), MissingRule.ERROR, Map.of(), false, false, 100);
  }

  /** The column that is to be predicted, and is no feature. A text column becomes labels. */
  public TableEncoder target(String column) {
    return new TableEncoder(
        Optional.of(column), missing, byColumn, ignoreUnknown, dropFirst, maxCategories);
  }

  /**
   * What is done about missing values of features; {@link MissingRule#ERROR} unless told otherwise.
   * A missing target is never filled in: its row is left out under {@link MissingRule#DROP}, and
   * else an error.
   */
  public TableEncoder missing(MissingRule rule) {
    return new TableEncoder(target, rule, byColumn, ignoreUnknown, dropFirst, maxCategories);
  }

  /** What is done about missing values of one column. */
  public TableEncoder missing(String column, MissingRule rule) {
    Map<String, MissingRule> rules = new LinkedHashMap<>(byColumn);
    rules.put(column, rule);
    return new TableEncoder(
        target,
        missing,
        Collections.unmodifiableMap(rules),
        ignoreUnknown,
        dropFirst,
        maxCategories);
  }

  /**
   * Whether a category that did not occur when the encoding was fitted becomes zeros; an error
   * unless told otherwise.
   */
  public TableEncoder ignoreUnknown(boolean value) {
    return new TableEncoder(target, missing, byColumn, value, dropFirst, maxCategories);
  }

  /**
   * Whether the first category has no column, as R does it, so that the others are differences from
   * it; false unless told otherwise. Least squares without a penalty wants it.
   */
  public TableEncoder dropFirst(boolean value) {
    return new TableEncoder(target, missing, byColumn, ignoreUnknown, value, maxCategories);
  }

  /**
   * The most categories of a text column, 100 unless told otherwise. More is an error: such a
   * column is mostly a name, a date or a free text.
   */
  public TableEncoder maxCategories(int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "TableEncoder.maxCategories: expected at least 1, received " + value + ".");
    }
    return new TableEncoder(target, missing, byColumn, ignoreUnknown, dropFirst, value);
  }

  /**
   * Learns categories, means and medians from a table.
   *
   * @throws IllegalArgumentException if a value is missing and no rule says what to do, a column is
   *     empty or has too many categories, or there is no target of that name
   */
  public TableEncoding fit(Table table) {
    target.ifPresent(table::require);
    byColumn.keySet().forEach(table::require);
    List<ColumnEncoding> features = new ArrayList<>();
    for (Column column : table.columns()) {
      if (target.isEmpty() || !target.get().equals(column.name())) {
        features.add(encoding(table, column));
      }
    }
    TableEncoding encoding = new TableEncoding(features, targetEncoding(table), ignoreUnknown);
    requireDistinct(table, encoding.names());
    return encoding;
  }

  private Optional<TargetEncoding> targetEncoding(Table table) {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    String name = target.get();
    MissingRule rule = byColumn.getOrDefault(name, missing);
    List<String> classes =
        switch (table.column(name)) {
          case NumericColumn numbers -> List.of();
          case TextColumn texts -> texts.distinct();
        };
    return Optional.of(new TargetEncoding(name, classes, rule == MissingRule.DROP));
  }

  private ColumnEncoding encoding(Table table, Column column) {
    MissingRule rule = byColumn.getOrDefault(column.name(), missing);
    int[] present =
        IntStream.range(0, column.size()).filter(row -> !column.isMissing(row)).toArray();
    if (present.length == 0) {
      throw new IllegalArgumentException(
          table.origin().of(column.name())
              + ": expected values, received none at all. Leave the column out.");
    }
    if (present.length < column.size() && rule == MissingRule.ERROR) {
      throw missing(table, column);
    }
    if (present.length == column.size() && rule == MissingRule.INDICATOR) {
      rule = MissingRule.ERROR;
    }
    return switch (column) {
      case NumericColumn numbers -> numeric(numbers, present, rule);
      case TextColumn texts -> categorical(table, texts, present, rule);
    };
  }

  static IllegalArgumentException missing(Table table, Column column) {
    int row = IntStream.range(0, column.size()).filter(column::isMissing).findFirst().orElseThrow();
    return new IllegalArgumentException(
        table.origin().place(row, column.name())
            + ": expected a value, received none. Choose a rule for missing values (drop, mean,"
            + " median or indicator), or leave the column out.");
  }

  private static ColumnEncoding numeric(NumericColumn column, int[] present, MissingRule rule) {
    double[] values = Arrays.stream(present).mapToDouble(column::value).toArray();
    List<Double> fill =
        switch (rule) {
          case ERROR, DROP -> List.of();
          case MEAN -> List.of(mean(values));
          case MEDIAN -> List.of(median(values));
          case INDICATOR -> List.of(mean(values), 1.0);
        };
    return new ColumnEncoding.Numeric(column.name(), rule, fill);
  }

  private ColumnEncoding categorical(
      Table table, TextColumn column, int[] present, MissingRule rule) {
    List<String> all = column.distinct();
    if (all.size() > maxCategories) {
      throw new IllegalArgumentException(
          table.origin().of(column.name())
              + ": expected at most "
              + maxCategories
              + " categories, received "
              + all.size()
              + ", such as '"
              + all.getFirst()
              + "'. Leave the column out, or allow more categories.");
    }
    List<String> categories = dropFirst ? all.subList(1, all.size()) : all;
    List<Double> fill = new ArrayList<>();
    switch (rule) {
      case ERROR, DROP -> {}
      case MEAN -> categories.forEach(each -> fill.add(share(column, present, each)));
      case MEDIAN -> {
        String mode = mode(column, present, all);
        categories.forEach(each -> fill.add(each.equals(mode) ? 1.0 : 0.0));
      }
      case INDICATOR -> {
        categories.forEach(each -> fill.add(0.0));
        fill.add(1.0);
      }
    }
    return new ColumnEncoding.Categorical(
        column.name(), categories, dropFirst ? all.subList(0, 1) : List.of(), rule, fill);
  }

  private static double share(TextColumn column, int[] present, String category) {
    return (double) count(column, present, category) / present.length;
  }

  private static String mode(TextColumn column, int[] present, List<String> categories) {
    String mode = categories.getFirst();
    for (String category : categories) {
      if (count(column, present, category) > count(column, present, mode)) {
        mode = category;
      }
    }
    return mode;
  }

  private static long count(TextColumn column, int[] present, String category) {
    return Arrays.stream(present)
        .filter(row -> column.value(row).orElseThrow().equals(category))
        .count();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  private static void requireDistinct(Table table, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            table.origin().of(name)
                + ": expected names that differ once categories have columns, received two of that"
                + " name. Rename one of the columns.");
      }
    }
  }
}
