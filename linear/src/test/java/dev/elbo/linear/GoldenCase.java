package dev.elbo.linear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One case of a golden file of this module; golden/cases.py explains the format. */
record GoldenCase(String name, Map<String, String> settings, Map<String, double[]> arrays) {

  static List<GoldenCase> readAll(String file) {
    String resource = "/golden/" + file;
    try (InputStream in = GoldenCase.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing: run the script in golden/");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data of a file's cases, which stand first, by their names. */
  static Map<String, GoldenCase> data(List<GoldenCase> all) {
    return all.stream()
        .filter(GoldenCase::isData)
        .collect(Collectors.toMap(golden -> golden.name.substring(5), golden -> golden));
  }

  /** Whether this is no fit but what is fitted. */
  boolean isData() {
    return name.startsWith("data ");
  }

  private static List<GoldenCase> parse(String text) {
    List<GoldenCase> cases = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "case" ->
            cases.add(
                new GoldenCase(line.substring(5), new LinkedHashMap<>(), new LinkedHashMap<>()));
        case "source" -> {}
        case "setting" -> cases.getLast().settings.put(words[1], words[2]);
        case "array" ->
            cases
                .getLast()
                .arrays
                .put(
                    words[1],
                    Arrays.stream(words[2].substring(words[2].indexOf('|') + 1).trim().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        default -> throw new IllegalStateException("unexpected line: " + line);
      }
    }
    return cases;
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(settings.get(key));
  }

  double number(String key) {
    return Double.parseDouble(settings.get(key));
  }

  double[] array(String key) {
    return arrays.get(key);
  }

  /** An array of two axes, by rows of so many values. */
  double[][] rows(String key, int columns) {
    double[] flat = array(key);
    double[][] rows = new double[flat.length / columns][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  /** x, whose rows are as many as the weights or y's values. */
  Matrix x() {
    int rows = array(arrays.containsKey("weights") ? "weights" : "y").length;
    return Matrix.of(rows("x", array("x").length / rows));
  }

  /** The data's weights, or ones for a case that has none. */
  double[] weights(GoldenCase data) {
    double[] weights = data.array("weights").clone();
    if (!flag("weighted")) {
      Arrays.fill(weights, 1);
    }
    return weights;
  }

  @Override
  public String toString() {
    return name;
  }
}
