package dev.elbo.nn.callbacks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with numbers in it, as Python's {@code format} fills them in: {@code
 * "{epoch:02d}-{val_loss:.2f}.elbo"}. Without a form, a number is written as it is.
 */
record FilePattern(String text) {
  private static final Pattern FIELD = Pattern.compile("\\{([^{}:]+)(?::([^{}]*))?}");
  private static final Pattern FORM = Pattern.compile("(0?\\d{0,3}(?:\\.\\d{1,2})?)([dfe])");

  /**
   * The path.
   *
   * @param whole whole numbers by name
   * @param others other numbers by name
   * @throws IllegalArgumentException if a name or a form is unknown
   */
  String fill(Map<String, Integer> whole, Map<String, Double> others) {
    Matcher fields = FIELD.matcher(text);
    return fields.replaceAll(field -> {
      String name = field.group(1);
      String form = field.group(2) == null ? "" : field.group(2);
      if (whole.containsKey(name)) {
        return Matcher.quoteReplacement(number(form, whole.get(name)));
      }
      Double value = others.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "ModelCheckpoint: expected one of "
                + String.join(", ", whole.keySet())
                + ", "
                + String.join(", ", others.keySet())
                + " in the path '"
                + text
                + "', received {"
                + name
                + "}. Names with val_ "
                + (whole.containsKey("batch")
                    ? "are known at the end of an epoch only; with saveFreq, use {loss}."
                    : "need validation data."));
      }
      return Matcher.quoteReplacement(number(form, value));
    });
  }

  /** The last name of the path, not filled in. */
  String fileName() {
    return Path.of(text).getFileName().toString();
  }

  private String number(String form, Number value) {
    if (form.isEmpty()) {
      return value.toString();
    }
    Matcher parts = FORM.matcher(form);
    boolean whole = form.endsWith("d");
    if (!parts.matches()
        || (whole && (form.contains(".") || !(value instanceof Integer)))
        || parts.group(1).equals("0")) {
      throw new IllegalArgumentException(
          "ModelCheckpoint: expected a form such as 02d of a whole number, or .2f or .3e, in the"
              + " path '"
              + text
              + "', received "
              + form
              + " for "
              + value
              + ".");
    }
    return String.format(Locale.ROOT, "%" + form, whole ? value : value.doubleValue());
  }
}
