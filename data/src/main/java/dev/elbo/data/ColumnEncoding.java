package dev.elbo.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** How one column of a table becomes columns of numbers; a part of a {@link TableEncoding}. */
public sealed interface ColumnEncoding {
  /** The column of the table. */
  String name();

  /** What its values must be. */
  ColumnType type();

  /** The names of the columns of numbers. */
  List<String> outputs();

  /** What is done about a missing value. */
  MissingRule missing();

  /** What stands in the outputs where the value is missing, if the rule puts something there. */
  List<Double> fill();

  /** The name of the column that says whether a value is missing. */
  private static String indicator(String name) {
    return name + " missing";
  }

  /**
   * A numeric column stays as it is.
   *
   * @param name the column
   * @param missing the rule; ERROR and DROP have no fill
   * @param fill of a missing value; with an indicator 1 in the second place
   */
  record Numeric(String name, MissingRule missing, List<Double> fill) implements ColumnEncoding {
    public Numeric {
      fill = List.copyOf(fill);
    }

    @Override
    public ColumnType type() {
      return ColumnType.NUMERIC;
    }

    @Override
    public List<String> outputs() {
      return missing == MissingRule.INDICATOR ? List.of(name, indicator(name)) : List.of(name);
    }
  }

  /**
   * A text column becomes one column a category, {@code NAME=CATEGORY}, 1 where a row has that
   * category and else 0.
   *
   * @param name the column
   * @param categories those that have a column
   * @param reference a category without a column, for which all are 0; empty for none
   * @param missing the rule; ERROR and DROP have no fill
   * @param fill of a missing value, one an output
   */
  record Categorical(
      String name,
      List<String> categories,
      List<String> reference,
      MissingRule missing,
      List<Double> fill)
      implements ColumnEncoding {
    public Categorical {
      categories = List.copyOf(categories);
      reference = List.copyOf(reference);
      fill = List.copyOf(fill);
      if (new HashSet<>(categories).size() < categories.size()) {
        throw new IllegalArgumentException(
            "column '" + name + "': expected categories that differ, received " + categories + ".");
      }
    }

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public List<String> outputs() {
      List<String> outputs = new ArrayList<>();
      categories.forEach(category -> outputs.add(name + "=" + category));
      if (missing == MissingRule.INDICATOR) {
        outputs.add(indicator(name));
      }
      return outputs;
    }

    /** All categories that may come. */
    List<String> known() {
      return Stream.concat(reference.stream(), categories.stream()).toList();
    }
  }
}
