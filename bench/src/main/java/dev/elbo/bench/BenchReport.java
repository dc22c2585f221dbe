package dev.elbo.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of one suite, and the one line of JSON that ends its output. */
public final class BenchReport {
  private static final MathContext DIGITS = new MathContext(5);

  private final String suite;
  private BenchEnvironment environment;
  private final List<Row> rows = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();
  private final Map<String, String> versions = new TreeMap<>();
  private boolean quick;

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
      String name, String unit, Figure elbo, Map<String, Figure> peers, double ratio) {}

  /**
   * Adds a case.
   *
   * @param peers each peer's figure; may be empty, then the ratio is left out
   * @return how far Elbo is ahead of the best peer: above 1 Elbo is ahead; NaN without peers
   */
  public double add(
      String name, String unit, Better better, double elbo, Map<String, Double> peers) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    peers.forEach((peer, value) -> figures.put(peer, Figure.of(value)));
    return add(name, unit, better, Figure.of(elbo), figures);
  }

  /** The same with the spread of the rounds and what was chosen for each. */
  public double add(
      String name, String unit, Better better, Figure elbo, Map<String, Figure> peers) {
    double ratio =
        peers.values().stream()
            .mapToDouble(Figure::median)
            .filter(peer -> !Double.isNaN(peer))
            .map(peer -> better == Better.LOWER ? peer / elbo.median() : elbo.median() / peer)
            .min()
            .orElse(Double.NaN);
    rows.add(new Row(name, unit, elbo, new LinkedHashMap<>(peers), ratio));
    return ratio;
  }

  /** Adds what the suite has to reach. */
  public void add(Bar bar) {
    bars.add(bar);
  }

  List<Bar> bars() {
    return List.copyOf(bars);
  }

  /** Says which version a contender has. */
  void version(String contender, String version) {
    versions.put(contender, version);
  }

  /** Marks figures of fewer and shorter rounds. */
  void markQuick() {
    quick = true;
  }

  /** Says how many cores other processes kept busy meanwhile; the highest number stays. */
  void load(double cores) {
    environment = environment.withLoad(Math.max(environment.load(), cores));
  }

  BenchEnvironment environment() {
    return environment;
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

  /** The least of the ratios; NaN without any. */
  double leastRatio() {
    return rows.stream().mapToDouble(Row::ratio).min().orElse(Double.NaN);
  }

  /** {@code {"suite": ..., "machine": ..., "jdk": ..., "rows": [...]}}, without a line break. */
  public String json() {
    return object().toString();
  }

  JsonObject object() {
    JsonObject json = new JsonObject();
    json.addProperty("suite", suite);
    json.addProperty("machine", environment.label());
    json.addProperty("jdk", environment.jdk());
    json.addProperty("underLoad", environment.underLoad());
    json.addProperty("quick", quick);
    JsonObject names = new JsonObject();
    versions.forEach(names::addProperty);
    json.add("versions", names);
    JsonArray all = new JsonArray();
    rows.forEach(row -> all.add(object(row)));
    json.add("rows", all);
    JsonArray reached = new JsonArray();
    bars.forEach(bar -> reached.add(object(bar)));
    json.add("bars", reached);
    return json;
  }

  private static JsonObject object(Row row) {
    JsonObject json = new JsonObject();
    json.addProperty("case", row.name);
    json.addProperty("unit", row.unit);
    add(json, "elbo", row.elbo.median());
    JsonObject peers = new JsonObject();
    JsonObject spreads = new JsonObject();
    JsonObject settings = new JsonObject();
    Map<String, Figure> all = new LinkedHashMap<>();
    all.put("elbo", row.elbo);
    all.putAll(row.peers);
    row.peers.forEach((name, figure) -> add(peers, name, figure.median()));
    json.add("peers", peers);
    add(json, "ratio", row.ratio);
    all.forEach((name, figure) -> {
      add(spreads, name, figure.spread());
      if (!figure.setting().isEmpty()) {
        settings.addProperty(name, figure.setting());
      }
    });
    if (!spreads.isEmpty()) {
      json.add("spread", spreads);
    }
    if (!settings.isEmpty()) {
      json.add("settings", settings);
    }
    return json;
  }

  private static JsonObject object(Bar bar) {
    JsonObject json = new JsonObject();
    json.addProperty("what", bar.what());
    add(json, bar.atLeast() ? "atLeast" : "atMost", bar.limit());
    add(json, "measured", bar.value());
    json.addProperty("met", bar.met());
    return json;
  }

  /** JSON has no NaN: it is left out. */
  private static void add(JsonObject json, String key, double value) {
    if (Double.isFinite(value)) {
      BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
      json.add(key, new JsonPrimitive(new BigDecimal(rounded.toPlainString())));
    }
  }
}
