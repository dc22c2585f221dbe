package dev.elbo.tensor.internal.kernel;

import static java.lang.Math.fma;

/**
 * {@code x = q pi/2 + r} with {@code |r| <= pi/4}: the argument reduction of sin and cos.
 *
 * <p>Below 2^20, pi/2 is subtracted as a sum of three float64 parts, as often as it fits (Cody and
 * Waite 1980). From there on, x 2/pi is formed in 192-bit integers from those bits of 2/pi alone
 * that matter to its last two integer bits and its fraction (Payne and Hanek 1983), so that the
 * remainder is good to float64 precision for every x.
 */
final class TrigonometricReduction {
  private TrigonometricReduction() {}

  /**
   * The remainder {@code high + low}.
   *
   * @param quadrant q, of which the last two bits count
   */
  record Remainder(int quadrant, double high, double low) {}

  private static final double ROUNDING_SHIFT = 0x1.8p52;
  private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
  private static final double HALF_PI_0 = 0x1.921fb54442d18p0;
  private static final double HALF_PI_1 = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_2 = -0x1.f1976b7ed8fbcp-110;
  private static final double CODY_WAITE_LIMIT = 0x1p20;

  /** 64 zeros, then the binary fraction of 2/pi. */
  private static final long[] TWO_OVER_PI_BITS = {
    0L,
    0xa2f9836e4e441529L,
    0xfc2757d1f534ddc0L,
    0xdb6295993c439041L,
    0xfe5163abdebbc561L,
    0xb7246e3a424dd2e0L,
    0x06492eea09d1921cL,
    0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L,
    0xe99c7026b45f7e41L,
    0x3991d639835339f4L,
    0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL,
    0xef2f118b5a0a6d1fL,
    0x6d367ecf27cb09b7L,
    0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL,
    0x3d0739f78a5292eaL,
    0x6bfb5fb11f8d5d08L,
    0x56033046fc7b6babL,
    0xf0cfbc209af4361dL
  };

  /** Reduces a finite x that is not negative. */
  static Remainder of(double x) {
    return x < CODY_WAITE_LIMIT ? subtract(x) : multiply(x);
  }

  private static Remainder subtract(double x) {
    double shifted = fma(x, TWO_OVER_PI, ROUNDING_SHIFT);
    double k = shifted - ROUNDING_SHIFT;
    // Exact: the difference is a multiple of the last place of HALF_PI_0 and below 1.
    double r = fma(k, -HALF_PI_0, x);
    double product = k * HALF_PI_1;
    double productLow = fma(k, HALF_PI_1, -product);
    double high = r - product;
    double low = (r - high) - product - productLow - k * HALF_PI_2;
    return normalized((int) Double.doubleToRawLongBits(shifted), high, low);
  }

  private static Remainder multiply(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) - 1075;
    long significand = (bits & 0xfffffffffffffL) | 0x10000000000000L;
    // A bit of weight 4 or more, times the significand, is a multiple of four quadrants. The window
    // begins at weight 2 and is 192 bits long; 64 for the leading zeros of the table.
    int position = exponent - 2 + 64;
    long w0 = window(position);
    long w1 = window(position + 64);
    long w2 = window(position + 128);
    long p2 = w2 * significand;
    long carry2 = Math.unsignedMultiplyHigh(w2, significand);
    long p1 = w1 * significand + carry2;
    long carry1 =
        Math.unsignedMultiplyHigh(w1, significand) + (Long.compareUnsigned(p1, carry2) < 0 ? 1 : 0);
    long p0 = w0 * significand + carry1;

    int quadrant = (int) (p0 >>> 62);
    long f0 = (p0 << 2) | (p1 >>> 62);
    long f1 = (p1 << 2) | (p2 >>> 62);
    long f2 = p2 << 2;
    boolean negative = f0 < 0;
    if (negative) {
      // The fraction is one half or more: on to the next quadrant, with fraction - 1.
      quadrant++;
      f2 = -f2;
      f1 = ~f1 + (f2 == 0 ? 1 : 0);
      f0 = ~f0 + (f2 == 0 && f1 == 0 ? 1 : 0);
    }
    // The fraction is below one half, and no float64 lies closer to a multiple of pi/2 than 2^-62:
    // the
    // leading one is in f0, and 1 <= zeros <= 62.
    int zeros = Long.numberOfLeadingZeros(f0);
    long leading = (f0 << zeros) | (f1 >>> (64 - zeros));
    long trailing = (f1 << zeros) | (f2 >>> (64 - zeros));
    double scale = Double.longBitsToDouble((long) (1023 - zeros) << 52);
    double fraction = (leading >>> 11) * 0x1p-53 * scale;
    double rest = (((leading << 53) | (trailing >>> 11)) >>> 11) * 0x1p-106 * scale;
    if (negative) {
      fraction = -fraction;
      rest = -rest;
    }
    double high = fraction * HALF_PI_0;
    double low = fma(fraction, HALF_PI_0, -high) + fraction * HALF_PI_1 + rest * HALF_PI_0;
    return normalized(quadrant, high, low);
  }

  /** The 64 bits of the table that begin at a bit position. */
  private static long window(int position) {
    int word = position >> 6;
    int shift = position & 63;
    long first = TWO_OVER_PI_BITS[word];
    return shift == 0 ? first : (first << shift) | (TWO_OVER_PI_BITS[word + 1] >>> (64 - shift));
  }

  private static Remainder normalized(int quadrant, double high, double low) {
    double sum = high + low;
    return new Remainder(quadrant, sum, (high - sum) + low);
  }
}
