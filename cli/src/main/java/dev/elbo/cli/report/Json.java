package dev.elbo.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes plain values as JSON that may stand inside a script element. */
final class Json {
  private Json() {}

  /**
   * The JSON of a string, a number, a boolean, a list or a map. Numbers have four decimals: enough
   * to draw. What is not finite becomes null, which charts leave out.
   */
  static String of(Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case Integer number -> number.toString();
      case Number number -> number(number.doubleValue());
      case Boolean flag -> flag.toString();
      case List<?> list -> list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted((String) entry.getKey()) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    };
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // '<' would let a name end the script element.
      if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == '\u2028' || c == '\u2029') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
