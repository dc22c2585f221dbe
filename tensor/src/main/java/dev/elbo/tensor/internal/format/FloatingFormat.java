package dev.elbo.tensor.internal.format;

/**
 * Floating-point numbers as aligned text. All numbers of an array share one notation: scientific if
 * the largest magnitude is 1e8 or more, or the smallest one that is not 0 is below 1e-4, or their
 * ratio is above 1000; positional otherwise. Widths come from a first pass over the finite numbers.
 */
final class FloatingFormat {
  private static final int PRECISION = 8;
  private static final double LARGE = 1e8;
  private static final double SMALL = 1e-4;
  private static final double LARGE_RATIO = 1000;

  private final boolean single;
  private final boolean scientific;

  /** Widths before and after the point, found by the first pass. */
  private int left;

  private int right;
  private int exponentDigits;

  private FloatingFormat(boolean single, boolean scientific) {
    this.single = single;
    this.scientific = scientific;
  }

  /**
   * The texts of numbers that are printed together, all of one width.
   *
   * @param single true if the numbers are float32
   */
  static String[] column(double[] values, boolean single) {
    FloatingFormat format = new FloatingFormat(single, isScientific(values, single));
    format.measure(values);
    String[] words = new String[values.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = format.word(values[i]);
    }
    return words;
  }

  private static boolean isScientific(double[] values, boolean single) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      double magnitude = Math.abs(value);
      if (magnitude > 0 && Double.isFinite(magnitude)) {
        largest = Math.max(largest, magnitude);
        smallest = Math.min(smallest, magnitude);
      }
    }
    if (largest == 0) {
      return false;
    }
    // NumPy divides in the type of the array.
    double ratio = single ? (float) largest / (float) smallest : largest / smallest;
    return largest >= LARGE || smallest < SMALL || ratio > LARGE_RATIO;
  }

  private void measure(double[] values) {
    boolean anyNonFinite = false;
    int widestNonFinite = 3;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        anyNonFinite = true;
        widestNonFinite = Math.max(widestNonFinite, nonFinite(value).length());
      } else if (scientific) {
        DecimalDigits number = DecimalDigits.scientific(value, single, 0, PRECISION);
        left = Math.max(left, sign(value).length() + 1);
        right = Math.max(right, number.mantissaFraction().length());
        exponentDigits = Math.max(exponentDigits, exponent(number, 2).length() - 2);
      } else {
        DecimalDigits number = DecimalDigits.positional(value, single, false, PRECISION);
        left = Math.max(left, sign(value).length() + number.whole().length());
        right = Math.max(right, number.fraction().length());
      }
    }
    if (anyNonFinite) {
      left = Math.max(left, widestNonFinite - widthFromPoint());
    }
  }

  private String word(double value) {
    if (!Double.isFinite(value)) {
      return alignRight(nonFinite(value), left + widthFromPoint());
    }
    if (scientific) {
      // Here all numbers get the same count of digits, beyond those that identify them if need be.
      DecimalDigits number = DecimalDigits.scientific(value, single, right, right);
      return alignRight(sign(value) + number.digits().charAt(0), left)
          + "."
          + alignLeft(number.digits().substring(1), right, "0")
          + exponent(number, exponentDigits);
    }
    DecimalDigits number = DecimalDigits.positional(value, single, true, PRECISION);
    return alignRight(sign(value) + number.whole(), left)
        + "."
        + alignLeft(number.fraction(), right, " ");
  }

  /** Columns from the point to the end of a word. */
  private int widthFromPoint() {
    int exponentWidth = exponentDigits > 0 ? exponentDigits + 2 : 0;
    return 1 + right + exponentWidth;
  }

  private static String nonFinite(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return value > 0 ? "inf" : "-inf";
  }

  /** A minus for negative numbers and for -0. */
  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }

  private static String exponent(DecimalDigits number, int minDigits) {
    String digits = Integer.toString(Math.abs(number.exponent()));
    String zeros = "0".repeat(Math.max(minDigits - digits.length(), 0));
    return (number.exponent() < 0 ? "e-" : "e+") + zeros + digits;
  }

  private static String alignRight(String text, int width) {
    return " ".repeat(Math.max(width - text.length(), 0)) + text;
  }

  private static String alignLeft(String text, int width, String filling) {
    return text + filling.repeat(Math.max(width - text.length(), 0));
  }
}
