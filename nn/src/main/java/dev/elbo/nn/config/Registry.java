package dev.elbo.nn.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The members of a family by their registered names: how a saved part is made again. Immutable.
 *
 * @param <T> the family
 */
public final class Registry<T> {
  private final String family;
  private final Map<String, Function<Config, T>> factories;

  private Registry(String family, Map<String, Function<Config, T>> factories) {
    this.family = family;
    this.factories = Collections.unmodifiableMap(factories);
  }

  /**
   * A registry without members.
   *
   * @param family one member of the family in words, for errors: {@code optimizer}
   */
  public static <T> Registry<T> of(String family) {
    return new Registry<>(family, Map.of());
  }

  /** This registry and one member more. */
  public Registry<T> with(String registeredName, Function<Config, T> factory) {
    Map<String, Function<Config, T>> more = new LinkedHashMap<>(factories);
    if (more.put(registeredName, factory) != null) {
      throw new IllegalArgumentException(
          family + " '" + registeredName + "' is registered already. Choose another name.");
    }
    return new Registry<>(family, more);
  }

  /** The registered names, in the order of registration. */
  public Set<String> names() {
    return factories.keySet();
  }

  /**
   * Makes a member again from its name and settings.
   *
   * @throws IllegalArgumentException if the name or a setting is unknown, or a setting is wrong
   */
  public T create(String registeredName, Map<String, Object> config) {
    Function<Config, T> factory = factories.get(registeredName);
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown "
              + family
              + " '"
              + registeredName
              + "'; the known ones are "
              + String.join(", ", names())
              + ".");
    }
    Config settings = Config.of(family + " '" + registeredName + "'", config);
    T part = factory.apply(settings);
    settings.finish();
    return part;
  }
}
