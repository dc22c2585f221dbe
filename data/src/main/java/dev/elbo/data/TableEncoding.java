package dev.elbo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@link TableEncoder#fit} has learned: makes numbers of any table that has the same columns,
 * always in the same way. Columns are found by name; their order does not matter, and others are
 * ignored.
 *
 * @param features one a column of the table
 * @param target the column that is to be predicted, if there is one
 * @param ignoreUnknown whether unknown categories become zeros; an error otherwise
 */
public record TableEncoding(
    List<ColumnEncoding> features, Optional<TargetEncoding> target, boolean ignoreUnknown) {
  public TableEncoding {
    features = List.copyOf(features);
  }

  /** The names of the features that come out, such as {@code age} and {@code colour=red}. */
  public List<String> names() {
    return features.stream().flatMap(feature -> feature.outputs().stream()).toList();
  }

  /**
   * The types that the columns must have, for {@link Csv#types}: a file of new rows may hold only
   * numbers where the first one held texts.
   */
  public Map<String, ColumnType> types() {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    features.forEach(feature -> types.put(feature.name(), feature.type()));
    return types;
  }

  /**
   * The features of a table, which need not have the target. Under {@link MissingRule#DROP} no row
   * may be left.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a value is missing
   *     and there is no rule, or a category is unknown; the message names row and column
   */
  public EncodedTable encode(Table table) {
    return encode(table, Optional.empty());
  }

  /**
   * The features of a table and its target.
   *
   * @throws IllegalArgumentException as {@link #encode} does, and if the target is missing
   * @throws IllegalStateException if the encoding was fitted without a target
   */
  public EncodedTable encodeWithTarget(Table table) {
    if (target.isEmpty()) {
      throw new IllegalStateException(
          "TableEncoding.encodeWithTarget: expected an encoding with a target, received one"
              + " without. Name it with TableEncoder.target before fit.");
    }
    return encode(table, target);
  }

  private EncodedTable encode(Table table, Optional<TargetEncoding> wanted) {
    features.forEach(feature -> require(table, feature.name(), feature.type()));
    wanted.ifPresent(want -> require(table, want.name(), want.type()));
    List<Column> dropped = dropped(table, wanted);
    int[] rows =
        IntStream.range(0, table.rows())
            .filter(row -> dropped.stream().noneMatch(column -> column.isMissing(row)))
            .toArray();
    if (rows.length == 0 && wanted.isPresent()) {
      throw new IllegalArgumentException(
          table.origin().source()
              + ": expected rows without missing values, received none. Choose another rule than"
              + " drop.");
    }
    Table kept = rows.length == table.rows() ? table : table.select(rows);
    List<double[]> columns = new ArrayList<>();
    for (ColumnEncoding feature : features) {
      columns.addAll(outputs(kept, feature));
    }
    return new EncodedTable(
        names(),
        columns,
        rows,
        wanted.map(want -> target(kept, want)),
        wanted.map(TargetEncoding::classes).orElse(List.of()));
  }

  private static void require(Table table, String name, ColumnType type) {
    Column column = table.column(name);
    if (column.type() != type) {
      String reason =
          type == ColumnType.NUMERIC
              ? "expected numbers, received texts"
              : "expected texts, received numbers";
      throw new IllegalArgumentException(
          table.origin().of(name)
              + ": "
              + reason
              + ". The column must have the type that it had when the encoding was fitted:"
              + " Csv.types(encoding.types()) reads it so.");
    }
  }

  /** The columns without a value in which a row is left out. */
  private List<Column> dropped(Table table, Optional<TargetEncoding> wanted) {
    List<Column> columns = new ArrayList<>();
    for (ColumnEncoding feature : features) {
      if (feature.missing() == MissingRule.DROP) {
        columns.add(table.column(feature.name()));
      }
    }
    wanted
        .filter(TargetEncoding::dropMissing)
        .ifPresent(want -> columns.add(table.column(want.name())));
    return columns;
  }

  // ---- one column -------------------------------------------------------------------------------

  private List<double[]> outputs(Table table, ColumnEncoding feature) {
    Column column = table.column(feature.name());
    if (feature.fill().isEmpty() && IntStream.range(0, column.size()).anyMatch(column::isMissing)) {
      throw TableEncoder.missing(table, column);
    }
    int count = feature.outputs().size();
    double[][] outputs = new double[count][table.rows()];
    Map<String, Integer> position = new LinkedHashMap<>();
    if (feature instanceof ColumnEncoding.Categorical categorical) {
      categorical.reference().forEach(category -> position.put(category, -1));
      for (int k = 0; k < categorical.categories().size(); k++) {
        position.put(categorical.categories().get(k), k);
      }
    }
    for (int row = 0; row < table.rows(); row++) {
      if (column.isMissing(row)) {
        for (int k = 0; k < count; k++) {
          outputs[k][row] = feature.fill().get(k);
        }
        continue;
      }
      switch (column) {
        case NumericColumn numbers -> outputs[0][row] = numbers.value(row);
        case TextColumn texts -> {
          int k = category(table, row, texts, position);
          if (k >= 0) {
            outputs[k][row] = 1;
          }
        }
      }
    }
    return Arrays.asList(outputs);
  }

  /** Its position, or below 0 for a category without a column. */
  private int category(Table table, int row, TextColumn column, Map<String, Integer> position) {
    String category = column.value(row).orElseThrow();
    if (!ignoreUnknown && !position.containsKey(category)) {
      throw new IllegalArgumentException(
          table.origin().place(row, column.name())
              + ": expected one of the categories "
              + Names.list(List.copyOf(position.keySet()))
              + ", received '"
              + category
              + "'. Fit on rows that have it, or ignore unknown categories.");
    }
    return position.getOrDefault(category, -1);
  }

  private static double[] target(Table table, TargetEncoding target) {
    Column column = table.column(target.name());
    double[] values = new double[table.rows()];
    for (int row = 0; row < values.length; row++) {
      if (column.isMissing(row)) {
        throw new IllegalArgumentException(
            table.origin().place(row, column.name())
                + ": expected a value to learn from, received none. Leave out rows without a"
                + " target, with the rule drop for missing values.");
      }
      values[row] =
          switch (column) {
            case NumericColumn numbers -> numbers.value(row);
            case TextColumn texts -> label(table, row, texts, target.classes());
          };
    }
    return values;
  }

  private static int label(Table table, int row, TextColumn column, List<String> classes) {
    String name = column.value(row).orElseThrow();
    int label = classes.indexOf(name);
    if (label < 0) {
      throw new IllegalArgumentException(
          table.origin().place(row, column.name())
              + ": expected one of the classes "
              + Names.list(classes)
              + ", received '"
              + name
              + "'. Fit on rows that have it.");
    }
    return label;
  }
}
