package dev.elbo.nn.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the settings of a registered part. A setting that is absent takes the default, so that
 * files of older releases stay readable; one that nobody asked for is an error.
 */
public final class Config {
  private final String owner;
  private final Map<String, Object> values;
  private final Set<String> read = new HashSet<>();

  private Config(String owner, Map<String, Object> values) {
    this.owner = owner;
    this.values = values;
  }

  /**
   * Settings to be read.
   *
   * @param owner whose they are, for errors: {@code optimizer 'Adam'}
   */
  public static Config of(String owner, Map<?, ?> values) {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put((String) name, value));
    return new Config(owner, named);
  }

  /** An unmodifiable map in the order given: key, value, key, value, ... */
  public static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  /** A number, or the default. */
  public double number(String key, double defaultValue) {
    Object value = value(key, defaultValue);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw unexpected(key, "a number", value);
  }

  /** A whole number, or the default. */
  public int wholeNumber(String key, int defaultValue) {
    double value = number(key, defaultValue);
    if (value == (int) value) {
      return (int) value;
    }
    throw unexpected(key, "a whole number", value);
  }

  /** A whole number of up to 64 bits, such as a seed, or the default. */
  public long longNumber(String key, long defaultValue) {
    Object value = value(key, defaultValue);
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    throw unexpected(key, "a whole number", value);
  }

  /** True or false, or the default. */
  public boolean flag(String key, boolean defaultValue) {
    Object value = value(key, defaultValue);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw unexpected(key, "true or false", value);
  }

  /** A text, or the default. */
  public String text(String key, String defaultValue) {
    Object value = value(key, defaultValue);
    if (value instanceof String text) {
      return text;
    }
    throw unexpected(key, "a text", value);
  }

  /**
   * A constant by its name in lower case, or the default.
   *
   * @throws IllegalArgumentException if there is no such constant; the message lists them
   */
  public <E extends Enum<E>> E choice(String key, E defaultValue) {
    String text = text(key, nameOf(defaultValue));
    List<String> known = new ArrayList<>();
    for (E constant : defaultValue.getDeclaringClass().getEnumConstants()) {
      if (nameOf(constant).equals(text)) {
        return constant;
      }
      known.add(nameOf(constant));
    }
    throw unexpected(key, "one of " + String.join(", ", known), text);
  }

  /** Whole numbers, such as axis lengths; empty if absent. */
  public List<Integer> wholeNumbers(String key) {
    return wholeNumbers(key, value(key, List.of()));
  }

  /** Lists of whole numbers, such as shapes; empty if absent. */
  public List<List<Integer>> wholeNumberLists(String key) {
    List<List<Integer>> lists = new ArrayList<>();
    list(key, List.class).forEach(each -> lists.add(wholeNumbers(key, each)));
    return List.copyOf(lists);
  }

  private List<Integer> wholeNumbers(String key, Object value) {
    List<Integer> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (!(element instanceof Number number) || number.doubleValue() != number.intValue()) {
          throw unexpected(key, "a list of whole numbers", value);
        }
        numbers.add(number.intValue());
      }
      return List.copyOf(numbers);
    }
    throw unexpected(key, "a list of whole numbers", value);
  }

  /** Values of one type, as they are; empty if absent. */
  public <T> List<T> list(String key, Class<T> type) {
    List<T> elements = new ArrayList<>();
    Object value = value(key, List.of());
    if (value instanceof List<?> list && list.stream().allMatch(type::isInstance)) {
      list.forEach(element -> elements.add(type.cast(element)));
      return List.copyOf(elements);
    }
    throw unexpected(key, "a list of " + type.getSimpleName(), value);
  }

  /**
   * A value of one type, as it is, such as a layer inside a layer.
   *
   * @throws IllegalArgumentException if it is absent
   */
  public <T> T object(String key, Class<T> type) {
    Object value = value(key, "nothing");
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw unexpected(key, "of type " + type.getSimpleName(), value);
  }

  /** A registered part, as {@link #part(Registered)} wrote it, or the default. */
  public <T> T part(String key, Registry<T> registry, T defaultValue) {
    return part(key, registry).orElse(defaultValue);
  }

  /** A registered part, as {@link #part(Registered)} wrote it, if there is one. */
  public <T> Optional<T> part(String key, Registry<T> registry) {
    Object value = value(key, Optional.empty());
    if (value instanceof Optional<?>) {
      return Optional.empty();
    }
    return Optional.of(create(value, registry, key));
  }

  /** Registered parts, each as {@link #part(Registered)} wrote it; empty if absent. */
  public <T> List<T> parts(String key, Registry<T> registry) {
    Object value = value(key, List.of());
    if (value instanceof List<?> list) {
      List<T> parts = new ArrayList<>();
      for (Object element : list) {
        parts.add(create(element, registry, key));
      }
      return List.copyOf(parts);
    }
    throw unexpected(key, "a list of parts", value);
  }

  /** What is saved of a part inside another: its registered name and its settings. */
  public static Map<String, Object> part(Registered part) {
    return map("name", part.registeredName(), "config", part.config());
  }

  private <T> T create(Object value, Registry<T> registry, String key) {
    if (!(value instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("name", "config"))
        || !(map.get("name") instanceof String name)
        || !(map.get("config") instanceof Map<?, ?> settings)) {
      throw unexpected(key, "a name and a config", value);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    settings.forEach((setting, content) -> config.put((String) setting, content));
    return registry.create(name, config);
  }

  /** How {@link #choice} spells a constant: its name in lower case. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException if a setting has not been read; the message lists those that
   *     have
   */
  public void finish() {
    for (String key : values.keySet()) {
      if (!read.contains(key)) {
        throw new IllegalArgumentException(
            owner
                + ": unknown setting '"
                + key
                + "'; the known ones are "
                + read.stream().sorted().toList()
                + ". Was the file written by a later release?");
      }
    }
  }

  private Object value(String key, Object defaultValue) {
    read.add(key);
    return values.getOrDefault(key, defaultValue);
  }

  private IllegalArgumentException unexpected(String key, String expected, Object received) {
    return new IllegalArgumentException(
        owner + ": expected setting '" + key + "' to be " + expected + ", received " + received);
  }
}
