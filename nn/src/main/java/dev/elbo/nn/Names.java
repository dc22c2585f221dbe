package dev.elbo.nn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How layers are named: after their kind as Keras does, and differently within one model. */
final class Names {
  private Names() {}

  /** {@code Conv2DTranspose} to {@code conv2d_transpose}. */
  static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z][a-z])", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if the name would not do as part of a weight's path
   */
  static void requireValid(String name) {
    if (name.isBlank() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "Layer: expected a name that is not blank and has no '/', received '"
              + name
              + "'. The names of weights are paths: 'encoder/dense/kernel'.");
    }
  }

  /** Gives each layer that has no name the next free one of its kind. */
  static void assign(List<Layer> layers) {
    Set<String> taken = new HashSet<>();
    for (Layer layer : layers) {
      if (layer.isNamed()) {
        taken.add(layer.name());
      }
    }
    for (Layer layer : layers) {
      if (!layer.isNamed()) {
        layer.assignName(next(layer.name(), taken));
      }
    }
  }

  /**
   * The names of some layers within one model. A layer keeps its own, except that a second one of
   * the same name (from another model) gets a number.
   */
  static Map<Layer, String> unique(List<Layer> layers) {
    Map<Layer, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Layer layer : layers) {
      if (!names.containsKey(layer)) {
        names.put(layer, next(layer.name(), taken));
      }
    }
    return names;
  }

  /**
   * @throws IllegalArgumentException if two different layers were given the same name
   */
  static void requireDistinct(List<Layer> layers) {
    Map<String, Layer> byName = new LinkedHashMap<>();
    Map<Layer, Boolean> seen = new HashMap<>();
    for (Layer layer : layers) {
      if (seen.put(layer, true) != null || layer.givenName().isEmpty()) {
        continue;
      }
      if (byName.put(layer.name(), layer) != null) {
        throw new IllegalArgumentException(
            "Model: expected layers of different names, received two named '"
                + layer.name()
                + "'. Rename one with name(\"...\").");
      }
    }
  }

  /** The names as they are, and a number after one that was there before. */
  static List<String> numbered(List<String> names) {
    Set<String> taken = new HashSet<>();
    return names.stream().map(name -> next(name, taken)).toList();
  }

  private static String next(String wanted, Set<String> taken) {
    String name = wanted;
    for (int number = 1; !taken.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
