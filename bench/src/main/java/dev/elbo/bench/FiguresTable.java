package dev.elbo.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints figures as they come. */
final class FiguresTable {
  private final List<String> names;
  private final int wide;

  /** With a column for each name. */
  FiguresTable(String cases, int wide, List<String> names) {
    this.names = List.copyOf(names);
    this.wide = wide;
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + wide + "s", cases));
    names.forEach(name -> line.append(String.format(Locale.ROOT, "%24s", name)));
    System.out.println(line.append(String.format(Locale.ROOT, "%10s", "ratio")));
  }

  /** Each figure with its spread, then how far Elbo is ahead. */
  void row(String name, Map<String, Figure> figures, double ratio) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + wide + "s", name));
    for (String column : names) {
      Figure figure = figures.get(column);
      line.append(String.format(Locale.ROOT, "%24s", figure == null ? "" : text(figure)));
    }
    if (!Double.isNaN(ratio)) {
      line.append(String.format(Locale.ROOT, "%10.2f", ratio));
    }
    System.out.println(line);
  }

  private static String text(Figure figure) {
    String value = number(figure.median());
    return Double.isNaN(figure.spread())
        ? value
        : value + String.format(Locale.ROOT, " +-%2.0f%%", 50 * figure.spread());
  }

  /** Three digits or more. */
  static String number(double value) {
    int digits = Math.abs(value) < 1 ? 4 : Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
