package dev.elbo.cli.linear;

import java.util.Locale;

/** Numbers for people, and fields of CSV files. */
final class Numbers {
  private Numbers() {}

  /** Four digits, without zeros that say nothing: 0.1, 12.35, 1.2e-07. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (!(size >= 1e-4 && size < 1e7)) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    int decimals = Math.clamp(3 - (int) Math.floor(Math.log10(size)), 0, 7);
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** With three decimals; what rounds to 0 has no sign. */
  static String score(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }

  /** As a field of a CSV file. */
  static String field(String text) {
    return text.matches("[^,\"\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
