package dev.elbo.tensor.internal.format;

import java.math.BigInteger;

/**
 * The decimal digits of a finite number, without its sign: {@code 0.d1 d2 d3... * 10^(exponent +
 * 1)}, that is, the first digit counts {@code 10^exponent}.
 *
 * <p>Digits are generated one by one in exact integer arithmetic (Steele and White, "How to print
 * floating-point numbers accurately", 1990) until those printed, rounded to nearest or even,
 * identify the number among all numbers of its type, or a limit is reached. The limits are NumPy's:
 * a lowest decimal place that must be reached even if fewer digits would do, and one at which
 * generation stops even if they do not yet do.
 *
 * @param digits one digit or more, the first of them not 0 unless the number is 0
 * @param exponent decimal place of the first digit
 */
record DecimalDigits(String digits, int exponent) {
  private static final double LOG10_OF_2 = 0.30102999566398120;
  private static final DecimalDigits ZERO = new DecimalDigits("0", 0);

  /**
   * Digits for {@code 12.345}: down to the units at least if {@code wholePart} is set, and to
   * {@code maxFraction} digits after the point at most.
   *
   * @param value 0 or not below {@code 10^-maxFraction}
   */
  static DecimalDigits positional(
      double value, boolean single, boolean wholePart, int maxFraction) {
    return generate(value, single, Limit.PLACE, wholePart ? 0 : Integer.MAX_VALUE, -maxFraction);
  }

  /** Digits for {@code 1.2345e+01}: from {@code minFraction} to {@code maxFraction} after the 1. */
  static DecimalDigits scientific(double value, boolean single, int minFraction, int maxFraction) {
    return generate(value, single, Limit.COUNT, -minFraction, -maxFraction);
  }

  /** Digits before the decimal point, at least one. */
  String whole() {
    if (exponent < 0) {
      return "0";
    }
    int length = exponent + 1;
    return digits.length() >= length
        ? digits.substring(0, length)
        : digits + "0".repeat(length - digits.length());
  }

  /** Digits after the decimal point, without trailing zeros; may be empty. */
  String fraction() {
    if (exponent < 0) {
      return withoutTrailingZeros("0".repeat(-exponent - 1) + digits);
    }
    return digits.length() > exponent + 1
        ? withoutTrailingZeros(digits.substring(exponent + 1))
        : "";
  }

  /** Digits after the first, without trailing zeros; may be empty. */
  String mantissaFraction() {
    return withoutTrailingZeros(digits.substring(1));
  }

  private static String withoutTrailingZeros(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end);
  }

  /** What the limits of {@link #generate} count from. */
  private enum Limit {
    /** Decimal places: 0 is the units, -1 the tenths. */
    PLACE,
    /** Places below the first digit: 0 is the first digit, -1 the second. */
    COUNT
  }

  private static DecimalDigits generate(
      double value, boolean single, Limit limit, int reach, int stop) {
    if (value == 0) {
      return ZERO;
    }
    Binary binary = single ? Binary.of((float) value) : Binary.of(value);

    // value = numerator / denominator; numbers between value - below and value + above read back as
    // this one. The factor 4 keeps the half and the quarter of the lowest bit whole.
    BigInteger numerator =
        BigInteger.valueOf(binary.mantissa).shiftLeft(2 + Math.max(binary.exponent, 0));
    BigInteger denominator = BigInteger.ONE.shiftLeft(2 + Math.max(-binary.exponent, 0));
    BigInteger above = BigInteger.TWO.shiftLeft(Math.max(binary.exponent, 0));
    BigInteger below = binary.isPowerOfTwo ? above.shiftRight(1) : above;

    // Exact or one too small, since the mantissa's leading bit alone is looked at.
    int first = (int) Math.floor((binary.leadingBit() + binary.exponent) * LOG10_OF_2);
    BigInteger scale = BigInteger.TEN.pow(Math.abs(first));
    if (first >= 0) {
      denominator = denominator.multiply(scale);
    } else {
      numerator = numerator.multiply(scale);
      above = above.multiply(scale);
      below = below.multiply(scale);
    }
    if (numerator.compareTo(denominator.multiply(BigInteger.TEN)) >= 0) {
      denominator = denominator.multiply(BigInteger.TEN);
      first++;
    }

    int origin = limit == Limit.COUNT ? first : 0;
    int reachPlace = origin + reach;
    int stopPlace = origin + stop;
    // A reader rounds a tie to the even mantissa, so the ends of the interval belong to even ones.
    int strict = (binary.mantissa & 1) == 0 ? 0 : 1;

    StringBuilder digits = new StringBuilder();
    for (int place = first; ; place--) {
      BigInteger[] parts = numerator.divideAndRemainder(denominator);
      int digit = parts[0].intValue();
      BigInteger rest = parts[1];
      boolean lowEnough = rest.compareTo(below) <= -strict;
      boolean highEnough = rest.add(above).compareTo(denominator) >= strict;
      if (((lowEnough || highEnough) && place <= reachPlace) || place == stopPlace) {
        boolean up = highEnough;
        if (lowEnough == highEnough) {
          int half = rest.shiftLeft(1).compareTo(denominator);
          up = half > 0 || (half == 0 && digit % 2 == 1);
        }
        digits.append((char) ('0' + digit));
        return up ? roundedUp(digits, first) : new DecimalDigits(digits.toString(), first);
      }
      digits.append((char) ('0' + digit));
      numerator = rest.multiply(BigInteger.TEN);
      above = above.multiply(BigInteger.TEN);
      below = below.multiply(BigInteger.TEN);
    }
  }

  /** Adds one to the last digit and drops the nines that overflow. */
  private static DecimalDigits roundedUp(StringBuilder digits, int exponent) {
    int last = digits.length() - 1;
    while (last >= 0 && digits.charAt(last) == '9') {
      last--;
    }
    if (last < 0) {
      return new DecimalDigits("1", exponent + 1);
    }
    digits.setLength(last + 1);
    digits.setCharAt(last, (char) (digits.charAt(last) + 1));
    return new DecimalDigits(digits.toString(), exponent);
  }

  /**
   * A positive number as {@code mantissa * 2^exponent}.
   *
   * @param isPowerOfTwo whether the gap to the next smaller number is half of that to the next
   *     larger one
   */
  private record Binary(long mantissa, int exponent, boolean isPowerOfTwo) {
    static Binary of(float value) {
      int bits = Float.floatToRawIntBits(Math.abs(value));
      return of(bits >>> 23, bits & 0x7fffff, 23, 127);
    }

    static Binary of(double value) {
      long bits = Double.doubleToRawLongBits(Math.abs(value));
      return of((int) (bits >>> 52), bits & 0xfffffffffffffL, 52, 1023);
    }

    private static Binary of(int biased, long fraction, int fractionBits, int bias) {
      int exponent = Math.max(biased, 1) - bias - fractionBits;
      long mantissa = biased == 0 ? fraction : fraction | (1L << fractionBits);
      return new Binary(mantissa, exponent, fraction == 0 && biased > 1);
    }

    int leadingBit() {
      return 63 - Long.numberOfLeadingZeros(mantissa);
    }
  }
}
