package dev.elbo.nn.internal;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case of a golden file of this module: settings, and arrays by name. golden/cases.py explains
 * the format. The first word of a case's name is the registered name of what it is about.
 */
public record GoldenCase(String name, Map<String, Object> settings, Map<String, Tensor> arrays) {

  /** All cases of a file in src/test/resources/golden. */
  public static List<GoldenCase> readAll(String file) {
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

  private static List<GoldenCase> parse(String text) {
    List<GoldenCase> cases = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "case" ->
            cases.add(
                new GoldenCase(line.substring(5), new LinkedHashMap<>(), new LinkedHashMap<>()));
        case "source" -> {}
        case "setting" -> cases.getLast().settings.put(words[1], setting(words[2]));
        case "array" -> cases.getLast().arrays.put(words[1], tensor(words[2]));
        default -> throw new IllegalStateException("unexpected line: " + line);
      }
    }
    return cases;
  }

  private static Object setting(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case String list when list.startsWith("[") ->
          words(list.substring(1, list.length() - 1)).map(Double::valueOf).toList();
      default -> text.matches("-?[0-9.]+(e-?[0-9]+)?") ? (Object) Double.valueOf(text) : text;
    };
  }

  private static Tensor tensor(String text) {
    int bar = text.indexOf('|');
    int[] dims = words(text.substring(0, bar)).mapToInt(Integer::parseInt).toArray();
    double[] values =
        words(text.substring(bar + 1))
            .mapToDouble(
                word -> word.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(word))
            .toArray();
    return Tensor.of(values, Shape.of(dims));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).filter(word -> !word.isEmpty());
  }

  /** The registered name of what the case is about. */
  public String member() {
    return name.split(" ", 2)[0];
  }

  /** An array in its float64. */
  public Tensor array(String key) {
    Tensor array = arrays.get(key);
    if (array == null) {
      throw new IllegalStateException(name + ": no array " + key);
    }
    return array;
  }

  /** An array in another type. */
  public Tensor array(String key, DType dtype) {
    return array(key).cast(dtype);
  }

  /** The settings, for a registry. */
  public Map<String, Object> config() {
    return Config.map(
        settings.entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .toArray());
  }

  @Override
  public String toString() {
    return name + settings;
  }
}
