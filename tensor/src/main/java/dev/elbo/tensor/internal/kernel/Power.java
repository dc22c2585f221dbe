package dev.elbo.tensor.internal.kernel;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/** {@code x^y = e^(y log(x))}: the special cases, and a logarithm in twice float64's precision. */
final class Power {
  private Power() {}

  private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double LN2_REST = 0x1.abc9e3b39803fp-56;
  private static final double TWO_THIRDS = 0x1.5555555555555p-1;
  private static final double TWO_THIRDS_REST = 0x1.5555555555555p-55;

  /**
   * x to the power of y.
   *
   * @param precise whether the result is wanted to float64's precision, or to float32's
   */
  static double of(double x, double y, boolean precise) {
    if (y == 0.0) {
      return 1.0;
    }
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.NaN;
    }
    double a = abs(x);
    if (Double.isInfinite(y)) {
      if (a == 1.0) {
        return Double.NaN;
      }
      return (a > 1.0) == (y > 0.0) ? Double.POSITIVE_INFINITY : 0.0;
    }
    boolean integer = y == Math.rint(y);
    boolean negative =
        Double.doubleToRawLongBits(x) < 0 && integer && abs(y) < 0x1p53 && ((long) y & 1L) != 0L;
    double magnitude;
    if (a == 0.0 || a == Double.POSITIVE_INFINITY) {
      magnitude = (a == 0.0) == (y > 0.0) ? 0.0 : Double.POSITIVE_INFINITY;
    } else if (x < 0.0 && !integer) {
      return Double.NaN;
    } else if (y == 1.0) {
      magnitude = a;
    } else {
      magnitude = precise ? precise(a, y) : DoubleMath.exp(y * DoubleMath.log(a));
    }
    return negative ? -magnitude : magnitude;
  }

  /** a^y for finite positive a and finite y. */
  private static double precise(double a, double y) {
    boolean subnormal = a < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? a * 0x1p52 : a);
    long exponent = (bits - SQRT_HALF_BITS) >> 52;
    double m = Double.longBitsToDouble(bits - (exponent << 52));
    double k = subnormal ? exponent - 52.0 : (double) exponent;

    // s = (m - 1) / (m + 1), as high + low: m - 1 is exact, m + 1 is not.
    double f = m - 1.0;
    double d = m + 1.0;
    double dLow = m > 1.0 ? (m - d) + 1.0 : (1.0 - d) + m;
    double s = f / d;
    double sLow = fma(-s, dLow, fma(-s, d, f)) / d;

    // log(m) = 2 atanh(s) = s (2 + z (2/3 + z p(z))), z = s^2: p to 2^-65 of the whole.
    double z = s * s;
    double zLow = fma(s, s, -z) + 2.0 * s * sLow;
    double p = fma(0x1.eb176c84cc49ap-4, z, 0x1.de32af6850250p-4);
    p = fma(p, z, 0x1.1120ba630b105p-3);
    p = fma(p, z, 0x1.3b1362966e0fp-3);
    p = fma(p, z, 0x1.745d1832c9347p-3);
    p = fma(p, z, 0x1.c71c71c57f71cp-3);
    p = fma(p, z, 0x1.249249249303dp-2);
    p = fma(p, z, 0x1.9999999999996p-2);
    double t = z * p;
    double u = TWO_THIRDS + t;
    double uLow = (TWO_THIRDS - u) + t + TWO_THIRDS_REST;
    double v = z * u;
    double vLow = fma(z, u, -v) + fma(z, uLow, zLow * u);
    double w = 2.0 + v;
    double wLow = (2.0 - w) + v + vLow;
    double log = s * w;
    double logLow = fma(s, w, -log) + fma(s, wLow, sLow * w);

    double scale = k * LN2;
    double scaleLow = fma(k, LN2, -scale) + k * LN2_REST;
    double high = scale + log;
    double low = (scale - high) + log + scaleLow + logLow;

    double product = y * high;
    if (product > 710.0) {
      return Double.POSITIVE_INFINITY;
    }
    if (product < -746.0) {
      return 0.0;
    }
    return DoubleMath.expOfSum(product, fma(y, high, -product) + y * low);
  }
}
