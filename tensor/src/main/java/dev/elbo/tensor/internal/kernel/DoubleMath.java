package dev.elbo.tensor.internal.kernel;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * Elementary functions on float64: the same bits on every machine. Formulas and special cases are
 * those of {@link FloatMath}; NaN gives NaN.
 *
 * <p>Polynomials and quotients of polynomials are minimax fits (Remez exchange, or reweighted least
 * squares for quotients, in 50 digits, weighted for relative error) rounded to float64; the error
 * given beside each is that of the rounded one.
 */
public final class DoubleMath {
  private DoubleMath() {}

  /** {@code 1.5 * 2^52}: adding it rounds to an integer, which then sits in the low bits. */
  private static final double ROUNDING_SHIFT = 0x1.8p52;

  private static final long ROUNDING_SHIFT_BITS = 0x4338000000000000L;
  private static final long ONE_BITS = 0x3ff0000000000000L;
  private static final long TWO_THIRDS_BITS = 0x3fe5555555555555L;
  private static final double LOG2_E = 0x1.71547652b82fep0;
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double LN2_REST = 0x1.abc9e3b39803fp-56;

  /** {@code e^x}, error below 1 ulp. */
  public static double exp(double x) {
    return expOfSum(x, 0.0);
  }

  /** {@code e^(x + rest)} for a rest below 2^-40. */
  static double expOfSum(double x, double rest) {
    if (x > 710.0) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < -746.0) {
      return 0.0;
    }
    double shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    double k = shifted - ROUNDING_SHIFT;
    double first = fma(k, -LN2, x);
    double reduced = fma(k, -LN2_REST, first);
    double r = reduced + rest;
    double low = fma(k, -LN2_REST, first - reduced) + ((reduced - r) + rest);
    // e^r = 1 + r + r^2 q(r), |r| <= log(2)/2: 2^-56.
    double q = fma(0x1.ad7f5acd42c18p-26, r, 0x1.28ad728538e81p-22);
    q = fma(q, r, 0x1.71df255f57864p-19);
    q = fma(q, r, 0x1.a0199a0cb71b5p-16);
    q = fma(q, r, 0x1.a01a012a517dap-13);
    q = fma(q, r, 0x1.6c16c18429f26p-10);
    q = fma(q, r, 0x1.1111111127bfap-7);
    q = fma(q, r, 0x1.555555555087dp-5);
    q = fma(q, r, 0x1.55555555554fap-3);
    q = fma(q, r, 0x1.000000000000ap-1);
    double sum = 1.0 + r;
    double p = sum + ((r - (sum - 1.0)) + fma(r * r, q, fma(low, r, low)));
    // 2^exponent may lie outside float64 where the product does not: two halves.
    long exponent = doubleToRawLongBits(shifted) - ROUNDING_SHIFT_BITS;
    long half = exponent >> 1;
    return p * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /** {@code e^x - 1}, error below 1.6 ulp, also near 0. */
  public static double expm1(double x) {
    if (abs(x) < 0x1p-54) {
      return x;
    }
    if (x > 710.0) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < -38.0) {
      return -1.0;
    }
    double shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    double k = shifted - ROUNDING_SHIFT;
    double r = fma(k, -LN2_REST, fma(k, -LN2, x));
    // e^r - 1 = r + r^2 q(r), |r| <= log(2)/2: 2^-60.
    double q = fma(0x1.1ee883fe878dcp-29, r, 0x1.af5e7550ac151p-26);
    q = fma(q, r, 0x1.27e5362ddb8f5p-22);
    q = fma(q, r, 0x1.71ddf87e8e0c2p-19);
    q = fma(q, r, 0x1.a01a017bc63dp-16);
    q = fma(q, r, 0x1.a01a01afd3f2fp-13);
    q = fma(q, r, 0x1.6c16c16c1f076p-10);
    q = fma(q, r, 0x1.111111110f6dap-7);
    q = fma(q, r, 0x1.555555555553fp-5);
    q = fma(q, r, 0x1.5555555555559p-3);
    q = fma(q, r, 0.5);
    double t = fma(r * r, q, r);
    double scale = powerOfTwo(doubleToRawLongBits(shifted) - ROUNDING_SHIFT_BITS - 1);
    return fma(scale, t, scale - 0.5) * 2.0;
  }

  /** {@code log(x)}, error below 1.5 ulp. */
  public static double log(double x) {
    if (!(x > 0.0)) {
      return x == 0.0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    boolean subnormal = x < Double.MIN_NORMAL;
    long bits = doubleToRawLongBits(subnormal ? x * 0x1p52 : x);
    long exponent = (bits - TWO_THIRDS_BITS) >> 52;
    double f = longBitsToDouble(bits - (exponent << 52)) - 1.0;
    return logReduced(f, subnormal ? exponent - 52.0 : (double) exponent);
  }

  /** {@code log(1 + x)}, error below 1.5 ulp, also near 0. */
  public static double log1p(double x) {
    if (!(x > -1.0)) {
      return x == -1.0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x == Double.POSITIVE_INFINITY || x == 0.0) {
      return x;
    }
    long exponent = (doubleToRawLongBits(1.0 + x) - TWO_THIRDS_BITS) >> 52;
    long shift = exponent << 52;
    // (1 + x) 2^-e - 1 without the rounding of 1 + x, as in FloatMath.
    double scaled = longBitsToDouble(doubleToRawLongBits(x) - shift);
    double f = scaled + fma(0.5, longBitsToDouble(0x4000000000000000L - shift), -1.0);
    return logReduced(f, (double) exponent);
  }

  /** {@code tanh(x)}, error below 2 ulp; odd to the last bit. */
  public static double tanh(double x) {
    double a = abs(x);
    double y;
    if (a < 0.55) {
      double z = a * a;
      // tanh(a) = a + a^3 p(a^2): 2^-58.
      double p = fma(-0x1.4711132feb6cap-16, z, 0x1.5d745ddd2c5c3p-14);
      p = fma(p, z, -0x1.e96fc743a3e8fp-13);
      p = fma(p, z, 0x1.3483aeb6ffacp-11);
      p = fma(p, z, -0x1.7d8fd3b2de63bp-10);
      p = fma(p, z, 0x1.d6d29b976812fp-9);
      p = fma(p, z, -0x1.226e2f147ef7fp-7);
      p = fma(p, z, 0x1.664f485970cdap-6);
      p = fma(p, z, -0x1.ba1ba1b97d89ep-5);
      p = fma(p, z, 0x1.111111111079fp-3);
      p = fma(p, z, -0x1.555555555554fp-2);
      y = fma(a * z, p, a);
    } else {
      y = 1.0 - 2.0 / (exp(a + a) + 1.0);
    }
    return Math.copySign(y, x);
  }

  /** {@code 1 / (1 + e^-x)}, error below 2 ulp. */
  public static double sigmoid(double x) {
    double z = exp(-abs(x));
    double numerator = x < 0.0 ? z : 1.0;
    double sum = 1.0 + z;
    double reciprocal = 1.0 / sum;
    double y = numerator * reciprocal;
    // One Newton step, with what the rounding of 1 + z left.
    return fma(fma(-y, sum, numerator) - y * (z - (sum - 1.0)), reciprocal, y);
  }

  /** {@code log(1 + e^x)}, error below 2 ulp. */
  public static double softplus(double x) {
    return (x > 0.0 ? x : 0.0) + log1p(exp(-abs(x)));
  }

  /** {@code erf(x)}, error below 1.5 ulp; odd to the last bit. */
  public static double erf(double x) {
    double a = abs(x);
    double y;
    if (a < 1.0) {
      double z = a * a;
      // erf(a) = a + a p(a^2): 2^-56.
      double p = fma(0x1.0579a6b82d0ffp-34, z, -0x1.386abf5687dabp-30);
      p = fma(p, z, 0x1.f7a411bc5a218p-27);
      p = fma(p, z, -0x1.5f1d36b837e6ep-23);
      p = fma(p, z, 0x1.b9def19cd8671p-20);
      p = fma(p, z, -0x1.f4d1df39375b5p-17);
      p = fma(p, z, 0x1.f9a321a11ceaap-14);
      p = fma(p, z, -0x1.c02db3d8ed1e1p-11);
      p = fma(p, z, 0x1.565bcd0db02e3p-8);
      p = fma(p, z, -0x1.b82ce3128499cp-6);
      p = fma(p, z, 0x1.ce2f21a042b2p-4);
      p = fma(p, z, -0x1.812746b0379e6p-2);
      p = fma(p, z, 0x1.06eba8214db69p-3);
      y = fma(a, p, a);
    } else if (a > 6.0) {
      y = 1.0;
    } else {
      // 1 - erf(a) = e^(-a^2) n(a) / d(a), 1 <= a <= 6: 2^-57 of erf.
      double n = fma(0x1.24a0eaada36aep-7, a, 0x1.597e49d20c084p-4);
      n = fma(n, a, 0x1.7e90e63164ec5p-2);
      n = fma(n, a, 0x1.e627b1a1c9293p-1);
      n = fma(n, a, 0x1.63fcf01fc34ffp0);
      n = fma(n, a, 0x1.fffffc358e8bp-1);
      double d = fma(0x1.03565b8b34de6p-6, a, 0x1.322d6f361c3a7p-3);
      d = fma(d, a, 0x1.571f75dc715b6p-1);
      d = fma(d, a, 0x1.c1d5377cf4942p0);
      d = fma(d, a, 0x1.655bd7d6ae98cp1);
      d = fma(d, a, 0x1.426d28960f52ep1);
      d = fma(d, a, 1.0);
      y = 1.0 - exp(-(a * a)) * n / d;
    }
    return Math.copySign(y, x);
  }

  /** {@code sin(x)}, x in radians, error below 1 ulp for every argument; odd to the last bit. */
  public static double sin(double x) {
    double a = abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    TrigonometricReduction.Remainder r = TrigonometricReduction.of(a);
    double y = sinReduced(r.high(), r.low(), r.quadrant());
    return doubleToRawLongBits(x) < 0 ? -y : y;
  }

  /** {@code cos(x)}, x in radians, error below 1 ulp for every argument. */
  public static double cos(double x) {
    double a = abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    TrigonometricReduction.Remainder r = TrigonometricReduction.of(a);
    return sinReduced(r.high(), r.low(), r.quadrant() + 1);
  }

  /**
   * {@code x^y}, error below 1 ulp; special cases are those of {@link Math#pow(double, double)}.
   */
  public static double pow(double x, double y) {
    return Power.of(x, y, true);
  }

  /** log(1 + f) + k log(2) for |f| up to 1/3. */
  private static double logReduced(double f, double k) {
    double s = f / (2.0 + f);
    double z = s * s;
    // log(1 + f) = 2 atanh(s) = 2s + s z p(z), |s| <= 1/5: 2^-61.
    double p = fma(0x1.1b71714588e27p-3, z, 0x1.0dce00d73efdfp-3);
    p = fma(p, z, 0x1.3b359b63f064ep-3);
    p = fma(p, z, 0x1.745c4c05a45e4p-3);
    p = fma(p, z, 0x1.c71c748ab0686p-3);
    p = fma(p, z, 0x1.24924921ea206p-2);
    p = fma(p, z, 0x1.999999999c114p-2);
    p = fma(p, z, 0x1.555555555554fp-1);
    // 2s = f - f^2/2 + s f^2/2 keeps the leading term exact.
    double half = 0.5 * f * f;
    double y = f - (half - s * fma(z, p, half));
    return fma(k, LN2, fma(k, LN2_REST, y));
  }

  /** sin(r + low + quadrant pi/2). */
  static double sinReduced(double r, double low, int quadrant) {
    double z = r * r;
    double y;
    if ((quadrant & 1) == 0) {
      // sin(r) = r + r^3 p(r^2), |r| <= pi/4: 2^-57.
      double p = fma(-0x1.aaa21370492e3p-41, z, 0x1.61208be0f9154p-33);
      p = fma(p, z, -0x1.ae64528cdef8dp-26);
      p = fma(p, z, 0x1.71de3a5330129p-19);
      p = fma(p, z, -0x1.a01a01a018a67p-13);
      p = fma(p, z, 0x1.111111111110bp-7);
      p = fma(p, z, -0x1.5555555555555p-3);
      // The derivative 1 - r^2/2 carries the low part over.
      y = r + fma(r * z, p, fma(-0.5 * z, low, low));
    } else {
      // cos(r) = 1 - r^2/2 + r^4 p(r^2): 2^-59.
      double p = fma(-0x1.8fae9d069f19ep-37, z, 0x1.1ee9ebea56fc8p-29);
      p = fma(p, z, -0x1.27e4f809f2721p-22);
      p = fma(p, z, 0x1.a01a019cb1c05p-16);
      p = fma(p, z, -0x1.6c16c16c1517ep-10);
      p = fma(p, z, 0x1.555555555554cp-5);
      double half = 0.5 * z;
      double first = 1.0 - half;
      y = first + (((1.0 - first) - half) + fma(z * z, p, -r * low));
    }
    return (quadrant & 2) == 0 ? y : -y;
  }

  private static double powerOfTwo(long exponent) {
    return longBitsToDouble((exponent << 52) + ONE_BITS);
  }
}
