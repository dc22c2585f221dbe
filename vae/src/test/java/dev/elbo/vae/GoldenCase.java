package dev.elbo.vae;

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
 * One case of golden/vae_step.txt: numbers and float64 arrays by name. golden/cases.py explains the
 * format.
 */
record GoldenCase(String name, Map<String, Double> settings, Map<String, Tensor> arrays) {
  private static final String RESOURCE = "/golden/vae_step.txt";

  /** All cases of a name. */
  static List<GoldenCase> named(String name) {
    List<GoldenCase> cases = readAll().stream().filter(each -> each.name.equals(name)).toList();
    if (cases.isEmpty()) {
      throw new IllegalStateException(RESOURCE + " has no case " + name);
    }
    return cases;
  }

  private static List<GoldenCase> readAll() {
    try (InputStream in = GoldenCase.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing: run golden/vae_step.py");
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
        case "setting" -> cases.getLast().settings.put(words[1], Double.valueOf(words[2]));
        case "array" -> cases.getLast().arrays.put(words[1], tensor(words[2]));
        default -> throw new IllegalStateException("unexpected line: " + line);
      }
    }
    return cases;
  }

  private static Tensor tensor(String text) {
    int bar = text.indexOf('|');
    int[] dims = words(text.substring(0, bar)).mapToInt(Integer::parseInt).toArray();
    double[] values = words(text.substring(bar + 1)).mapToDouble(Double::parseDouble).toArray();
    return Tensor.of(values, Shape.of(dims));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).filter(word -> !word.isEmpty());
  }

  double setting(String key) {
    Double value = settings.get(key);
    if (value == null) {
      throw new IllegalStateException(name + ": no setting " + key);
    }
    return value;
  }

  Tensor array(String key) {
    Tensor array = arrays.get(key);
    if (array == null) {
      throw new IllegalStateException(name + ": no array " + key);
    }
    return array;
  }

  /** The arrays whose names have a prefix, by the rest of the name. */
  Map<String, Tensor> arraysOf(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    arrays.forEach((key, array) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), array);
      }
    });
    return found;
  }
}
