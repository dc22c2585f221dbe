package dev.elbo.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of columns in the words of an error. */
final class Names {
  private static final int MOST = 12;

  private Names() {}

  /** Checks what is to name a column. */
  static String require(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "Column: expected a name, received '" + name + "'. Names tell columns apart.");
    }
    return name;
  }

  /** Such as {@code 'age', 'sex' and 31 others}. */
  static String list(List<String> names) {
    String shown = names.stream().limit(MOST).map(Names::quote).collect(Collectors.joining(", "));
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " others";
  }

  /** The end of a sentence: the name that was probably meant, if there is one. */
  static String suggestion(String name, Collection<String> names) {
    return names.stream()
        .filter(other -> plain(other).equals(plain(name)))
        .findFirst()
        .map(other -> ". Did you mean '" + other + "'?")
        .orElse(". Check the name.");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
  }

  private static String quote(String name) {
    return "'" + name + "'";
  }
}
