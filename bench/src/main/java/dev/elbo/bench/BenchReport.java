package dev.elbo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one suite, and the one line of JSON that ends its output. */
public final class BenchReport {
  private final String suite;
  private final BenchEnvironment environment;
  private final List<Row> rows = new ArrayList<>();

  public BenchReport(String suite, BenchEnvironment environment) {
    this.suite = suite;
    this.environment = environment;
  }

  /** Which of two figures is the better one. */
  public enum Better {
    /** As for times. */
    LOWER,
    /** As for rates. */
    HIGHER
  }

  private record Row(
      String name, String unit, double elbo, Map<String, Double> peers, double ratio) {}

  /**
   * Adds a case.
   *
   * @param peers each peer's figure; may be empty, then the ratio is left out
   * @return how far Elbo is ahead of the best peer: above 1 Elbo is ahead; NaN without peers
   */
  public double add(
      String name, String unit, Better better, double elbo, Map<String, Double> peers) {
    double ratio =
        peers.values().stream()
            .mapToDouble(peer -> better == Better.LOWER ? peer / elbo : elbo / peer)
            .min()
            .orElse(Double.NaN);
    rows.add(new Row(name, unit, elbo, new LinkedHashMap<>(peers), ratio));
    return ratio;
  }

  /** The geometric mean of the ratios of the cases whose name ends so. */
  public double geometricMean(String suffix) {
    return Math.exp(
        rows.stream()
            .filter(row -> row.name.endsWith(suffix))
            .mapToDouble(row -> Math.log(row.ratio))
            .average()
            .orElse(Double.NaN));
  }

  /** {@code {"suite": ..., "machine": ..., "jdk": ..., "rows": [...]}}, without a line break. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"suite\": %s, \"machine\": %s, \"jdk\": %s, \"rows\": [%s]}",
        quoted(suite),
        quoted(environment.label()),
        quoted(environment.jdk()),
        rows.stream().map(BenchReport::json).collect(Collectors.joining(", ")));
  }

  private static String json(Row row) {
    String peers =
        row.peers.entrySet().stream()
            .map(peer -> quoted(peer.getKey()) + ": " + number(peer.getValue()))
            .collect(Collectors.joining(", "));
    String ratio = Double.isNaN(row.ratio) ? "" : ", \"ratio\": " + number(row.ratio);
    return String.format(
        Locale.ROOT,
        "{\"case\": %s, \"unit\": %s, \"elbo\": %s, \"peers\": {%s}%s}",
        quoted(row.name),
        quoted(row.unit),
        number(row.elbo),
        peers,
        ratio);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
