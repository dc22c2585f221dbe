package dev.elbo.bench;

import java.util.Locale;

/**
 * What a suite has to reach.
 *
 * @param what in words, such as {@code batch 32: times faster than the best peer}
 * @param atLeast whether the value must reach the limit, or must not pass it
 * @param limit what was promised
 * @param value what was measured
 */
public record Bar(String what, boolean atLeast, double limit, double value) {
  public static Bar atLeast(String what, double limit, double value) {
    return new Bar(what, true, limit, value);
  }

  public static Bar atMost(String what, double limit, double value) {
    return new Bar(what, false, limit, value);
  }

  /** Never with NaN. */
  public boolean met() {
    return atLeast ? value >= limit : value <= limit;
  }

  /** Such as {@code batch 32: ...: at least 3, measured 4.1: met}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: at %s %s, measured %.3g: %s",
        what,
        atLeast ? "least" : "most",
        plain(limit),
        value,
        met() ? "met" : "NOT MET");
  }

  /** Without a superfluous fraction. */
  static String plain(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
  }
}
