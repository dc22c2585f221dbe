package dev.elbo.cli.linear;

import dev.elbo.data.EncodedTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The column to predict as a family takes it.
 *
 * @param values one a row; of two classes 0 and 1
 * @param classes what 0 and 1 stand for; empty where it is no class
 */
record Target(List<Double> values, List<String> classes) {
  private static final int NAMED = 3;

  static Target of(EncodedTable table, LinearSettings settings) {
    return switch (settings.family()) {
      case LOGISTIC -> classes(table, settings);
      case POISSON -> {
        requireNumbers(table, settings);
        requireCounts(table, settings);
        yield new Target(boxed(table.target()), List.of());
      }
      case LEAST_SQUARES, HUBER -> {
        requireNumbers(table, settings);
        yield new Target(boxed(table.target()), List.of());
      }
    };
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static void requireNumbers(EncodedTable table, LinearSettings settings) {
    List<String> classes = table.classes();
    if (classes.isEmpty()) {
      return;
    }
    throw new IllegalArgumentException(
        "--target: expected a column of numbers for "
            + settings.family().option()
            + ", received texts in '"
            + settings.target()
            + "', such as '"
            + classes.getFirst()
            + "'. "
            + (classes.size() == 2
                ? "For two classes there is --family logistic."
                : "Name another column."));
  }

  private static void requireCounts(EncodedTable table, LinearSettings settings) {
    double[] values = table.target();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException(
            "--target: expected counts of 0 or more for poisson, received "
                + text(values[i])
                + " in row "
                + (table.rowIndices()[i] + 1)
                + " of '"
                + settings.target()
                + "'. For values of both signs there are --family least-squares and huber.");
      }
    }
    if (Arrays.stream(values).allMatch(value -> value == 0)) {
      throw new IllegalArgumentException(
          "--target: expected a count above 0 for poisson, received zeros only in '"
              + settings.target()
              + "'. Name another column.");
    }
  }

  private static Target classes(EncodedTable table, LinearSettings settings) {
    double[] values = table.target();
    double[] distinct = Arrays.stream(values).distinct().sorted().toArray();
    boolean isText = !table.classes().isEmpty();
    List<String> names =
        Arrays.stream(distinct)
            .mapToObj(value -> isText ? table.classes().get((int) value) : text(value))
            .toList();
    if (names.size() != 2) {
      throw new IllegalArgumentException(
          "--target: expected two classes for logistic, received "
              + (names.size() == 1 ? "one" : String.valueOf(names.size()))
              + " in '"
              + settings.target()
              + "': "
              + names.stream()
                  .limit(NAMED)
                  .map(name -> "'" + name + "'")
                  .collect(Collectors.joining(", "))
              + (names.size() > NAMED ? " and others. " : ". ")
              + remedy(names, isText));
    }
    for (int k = 0; k < 2; k++) {
      double own = distinct[k];
      if (Arrays.stream(values).filter(value -> value == own).count() == 1) {
        throw new IllegalArgumentException(
            "--target: expected at least two rows of each class for logistic, received one of '"
                + names.get(k)
                + "' in '"
                + settings.target()
                + "'. A fold without it has nothing to learn from.");
      }
    }
    return new Target(
        Arrays.stream(values).mapToObj(value -> value == distinct[1] ? 1.0 : 0.0).toList(), names);
  }

  private static String remedy(List<String> names, boolean isText) {
    if (names.size() == 1) {
      return "There is nothing to tell apart: check the rows and the column.";
    }
    return isText
        ? "Leave the rows of the others out, or make one class of several."
        : "For values there is --family least-squares, for counts poisson.";
  }

  /** As one would write it: 1, not 1.0. */
  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
