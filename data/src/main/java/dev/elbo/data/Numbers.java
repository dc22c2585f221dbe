package dev.elbo.data;

/** Decimal numbers as people write them: no hexadecimal, no suffixes, no names of numbers. */
final class Numbers {
  private Numbers() {}

  /** Whether a text is a sign, digits with a decimal sign among them, and an exponent. */
  static boolean isNumber(String text, char decimal) {
    int at = sign(text, 0);
    int whole = digits(text, at);
    int count = whole - at;
    at = whole;
    if (at < text.length() && text.charAt(at) == decimal) {
      int end = digits(text, at + 1);
      count += end - at - 1;
      at = end;
    }
    if (count == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int start = sign(text, at + 1);
      at = digits(text, start);
      if (at == start) {
        return false;
      }
    }
    return at == text.length();
  }

  /** The value of what {@link #isNumber}. */
  static double parse(String text, char decimal) {
    return Double.parseDouble(decimal == '.' ? text : text.replace(decimal, '.'));
  }

  private static int sign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
