package dev.elbo.tensor.internal.kernel;

import static dev.elbo.tensor.internal.kernel.FloatMathConstants.*;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * Elementary functions on float32: the same bits on every machine, and the reference of {@link
 * MathKernels}.
 *
 * <p>Only IEEE additions, products, quotients, fused multiply-adds and integer operations are used,
 * in a fixed order, so that nothing depends on a platform's library. The vector kernels repeat the
 * very same operations: whoever changes one here changes its twin there. The bounds in units in the
 * last place (ulp) are the worst that a run over every 11th float32 has shown, rounded up. NaN
 * gives NaN.
 */
public final class FloatMath {
  private FloatMath() {}

  /**
   * {@code e^x}, error below 1 ulp; gradual underflow is exact to rounding.
   *
   * <p>{@code e^-inf = 0}, {@code e^inf = inf}, {@code e^0 = 1}.
   */
  public static float exp(float x) {
    if (x > EXP_OVERFLOW) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < EXP_UNDERFLOW) {
      return 0f;
    }
    float shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    int exponent = floatToRawIntBits(shifted) - ROUNDING_SHIFT_BITS;
    // 2^exponent may lie outside float32 where the product does not: two halves.
    int half = exponent >> 1;
    return expReduced(x, shifted - ROUNDING_SHIFT) * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /**
   * {@code e^x - 1}, error below 1.6 ulp, also near 0.
   *
   * <p>{@code -inf} gives -1, {@code inf} gives inf, -0 gives -0.
   */
  public static float expm1(float x) {
    if (abs(x) < EXPM1_IDENTITY) {
      return x;
    }
    if (x > EXP_OVERFLOW) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < EXPM1_FLOOR) {
      return -1f;
    }
    float shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    int exponent = floatToRawIntBits(shifted) - ROUNDING_SHIFT_BITS;
    float k = shifted - ROUNDING_SHIFT;
    float r = fma(k, -LN2_REST, fma(k, -LN2, x));
    float q = fma(EXPM1_4, r, EXPM1_3);
    q = fma(q, r, EXPM1_2);
    q = fma(q, r, EXPM1_1);
    q = fma(q, r, EXPM1_0);
    float t = fma(r * r, q, r);
    // e^x - 1 = 2^k t + (2^k - 1), at half its size since 2^128 is not a float32.
    float scale = powerOfTwo(exponent - 1);
    return fma(scale, t, scale - 0.5f) * 2f;
  }

  /**
   * {@code log(x)}, error below 1 ulp.
   *
   * <p>0 gives -inf, inf gives inf, a negative number gives NaN.
   */
  public static float log(float x) {
    if (!(x > 0f)) {
      return x == 0f ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int exponent = (bits - TWO_THIRDS_BITS) >> 23;
    float f = intBitsToFloat(bits - (exponent << 23)) - 1f;
    return logReduced(f, subnormal ? (float) exponent - 23f : (float) exponent);
  }

  /**
   * {@code log(1 + x)}, error below 1.6 ulp, also near 0.
   *
   * <p>-1 gives -inf, below it NaN; inf gives inf, -0 gives -0.
   */
  public static float log1p(float x) {
    if (!(x > -1f)) {
      return x == -1f ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY || x == 0f) {
      return x;
    }
    int exponent = (floatToRawIntBits(1f + x) - TWO_THIRDS_BITS) >> 23;
    int shift = exponent << 23;
    // (1 + x) 2^-e - 1 without the rounding of 1 + x: x 2^-e is exact, and so is (2^(1-e) / 2) - 1
    // where
    // it counts. The factor 2^(1-e) stays in range for every e.
    float scaled = intBitsToFloat(floatToRawIntBits(x) - shift);
    float f = scaled + fma(0.5f, intBitsToFloat(0x40000000 - shift), -1f);
    return logReduced(f, (float) exponent);
  }

  /**
   * {@code tanh(x) = (e^x - e^-x) / (e^x + e^-x)}, error below 1.5 ulp; odd to the last bit.
   *
   * <p>{@code ±inf} gives ±1, -0 gives -0.
   */
  public static float tanh(float x) {
    float a = abs(x);
    float y;
    if (a < TANH_SMALL) {
      float z = a * a;
      float p = fma(TANH_4, z, TANH_3);
      p = fma(p, z, TANH_2);
      p = fma(p, z, TANH_1);
      p = fma(p, z, TANH_0);
      y = fma(a * z, p, a);
    } else if (a > TANH_ONE) {
      y = 1f;
    } else {
      y = 1f - 2f / (expBounded(a + a) + 1f);
    }
    return withSignOf(y, x);
  }

  /**
   * {@code sigmoid(x) = 1 / (1 + e^-x)}, error below 1.5 ulp, down to subnormal results.
   *
   * <p>{@code -inf} gives 0, {@code inf} gives 1.
   */
  public static float sigmoid(float x) {
    float z = expOfNegative(-abs(x));
    float numerator = x < 0f ? z : 1f;
    float sum = 1f + z;
    float reciprocal = 1f / sum;
    float y = numerator * reciprocal;
    // One Newton step, with what the rounding of 1 + z left.
    return fma(fma(-y, sum, numerator) - y * (z - (sum - 1f)), reciprocal, y);
  }

  /**
   * {@code softplus(x) = log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)}, error below 1.9 ulp, down to
   * subnormal results.
   *
   * <p>{@code -inf} gives 0, {@code inf} gives inf.
   */
  public static float softplus(float x) {
    float z = expOfNegative(-abs(x));
    // log(1 + z) = log((1 + z) / 2) + log(2): the argument of the polynomial stays within 1/3.
    boolean halved = z > ONE_THIRD;
    float f = halved ? fma(0.5f, z, -0.5f) : z;
    return (x > 0f ? x : 0f) + logReduced(f, halved ? 1f : 0f);
  }

  /**
   * {@code erf(x) = 2 / sqrt(pi) * integral of e^(-t^2) for t from 0 to x}, error below 1.1 ulp;
   * odd to the last bit.
   *
   * <p>{@code ±inf} gives ±1, -0 gives -0.
   */
  public static float erf(float x) {
    float a = abs(x);
    float y;
    if (a < ERF_SMALL) {
      float z = a * a;
      float p = fma(ERF_6, z, ERF_5);
      p = fma(p, z, ERF_4);
      p = fma(p, z, ERF_3);
      p = fma(p, z, ERF_2);
      p = fma(p, z, ERF_1);
      p = fma(p, z, ERF_0);
      y = fma(a, p, a);
    } else if (a > ERF_ONE) {
      y = 1f;
    } else {
      float g = fma(ERFC_6, a, ERFC_5);
      g = fma(g, a, ERFC_4);
      g = fma(g, a, ERFC_3);
      g = fma(g, a, ERFC_2);
      g = fma(g, a, ERFC_1);
      g = fma(g, a, ERFC_0);
      y = 1f - expBounded(-g);
    }
    return withSignOf(y, x);
  }

  /**
   * {@code sin(x)}, x in radians, error below 1.6 ulp for every argument, however large; odd to the
   * last bit.
   *
   * <p>{@code ±inf} gives NaN, -0 gives -0.
   */
  public static float sin(float x) {
    float a = abs(x);
    int sign = floatToRawIntBits(x) & SIGN_BIT;
    if (a <= TRIGONOMETRIC_LIMIT) {
      float shifted = fma(a, TWO_OVER_PI, ROUNDING_SHIFT);
      return sinReduced(
          trigonometricRemainder(a, shifted - ROUNDING_SHIFT), floatToRawIntBits(shifted), sign);
    }
    return trigonometricLarge(a, 0, sign);
  }

  /**
   * {@code cos(x)}, x in radians, error below 1.6 ulp for every argument, however large.
   *
   * <p>{@code ±inf} gives NaN.
   */
  public static float cos(float x) {
    float a = abs(x);
    if (a <= TRIGONOMETRIC_LIMIT) {
      float shifted = fma(a, TWO_OVER_PI, ROUNDING_SHIFT);
      return sinReduced(
          trigonometricRemainder(a, shifted - ROUNDING_SHIFT), floatToRawIntBits(shifted) + 1, 0);
    }
    return trigonometricLarge(a, 1, 0);
  }

  /**
   * {@code x^y}, correctly rounded but for about one argument in a million (error below 0.51 ulp),
   * as it is computed in float64. Special cases are those of {@link Math#pow(double, double)}.
   */
  public static float pow(float x, float y) {
    if (y == 2f) {
      return x * x;
    }
    return (float) Power.of(x, y, false);
  }

  /**
   * e^(x - k log(2)) for the k that makes it lie near 1: the one rounding that counts is the last.
   */
  private static float expReduced(float x, float k) {
    float first = fma(k, -LN2, x);
    float r = fma(k, -LN2_REST, first);
    float rest = fma(k, -LN2_REST, first - r);
    float q = fma(EXP_4, r, EXP_3);
    q = fma(q, r, EXP_2);
    q = fma(q, r, EXP_1);
    q = fma(q, r, EXP_0);
    float sum = 1f + r;
    return sum + ((r - (sum - 1f)) + fma(r * r, q, rest));
  }

  /** e^x for |x| below 80 or NaN. */
  private static float expBounded(float x) {
    float shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    return expReduced(x, shifted - ROUNDING_SHIFT)
        * powerOfTwo(floatToRawIntBits(shifted) - ROUNDING_SHIFT_BITS);
  }

  /** e^x for x up to 0 or NaN; the scale is split since the result may be subnormal. */
  private static float expOfNegative(float x) {
    if (x < EXP_UNDERFLOW) {
      return 0f;
    }
    float shifted = fma(x, LOG2_E, ROUNDING_SHIFT);
    return expReduced(x, shifted - ROUNDING_SHIFT)
        * powerOfTwo(floatToRawIntBits(shifted) - ROUNDING_SHIFT_BITS + 64)
        * 0x1p-64f;
  }

  /** log(1 + f) + k log(2) for |f| up to 1/3. */
  private static float logReduced(float f, float k) {
    float q = fma(LOG_7, f, LOG_6);
    q = fma(q, f, LOG_5);
    q = fma(q, f, LOG_4);
    q = fma(q, f, LOG_3);
    q = fma(q, f, LOG_2);
    q = fma(q, f, LOG_1);
    q = fma(q, f, LOG_0);
    return fma(k, LN2, fma(f * f, fma(f, q, -0.5f), f));
  }

  private static float trigonometricRemainder(float a, float k) {
    return fma(k, -HALF_PI_2, fma(k, -HALF_PI_1, fma(k, -HALF_PI_0, a)));
  }

  /** sin(r + quadrant pi/2) with the sign bit flipped where asked for. */
  static float sinReduced(float r, int quadrant, int sign) {
    float z = r * r;
    float y;
    if ((quadrant & 1) == 0) {
      float p = fma(SIN_2, z, SIN_1);
      p = fma(p, z, SIN_0);
      y = fma(r * z, p, r);
    } else {
      float p = fma(COS_2, z, COS_1);
      p = fma(p, z, COS_0);
      y = fma(z * z, p, fma(z, -0.5f, 1f));
    }
    return intBitsToFloat(floatToRawIntBits(y) ^ sign ^ ((quadrant & 2) << 30));
  }

  private static float trigonometricLarge(float a, int quadrant, int sign) {
    if (!(a < Float.POSITIVE_INFINITY)) {
      return Float.NaN;
    }
    TrigonometricReduction.Remainder remainder = TrigonometricReduction.of(a);
    return sinReduced((float) remainder.high(), remainder.quadrant() + quadrant, sign);
  }

  private static float powerOfTwo(int exponent) {
    return intBitsToFloat((exponent << 23) + ONE_BITS);
  }

  private static float withSignOf(float magnitude, float sign) {
    return intBitsToFloat(floatToRawIntBits(magnitude) | (floatToRawIntBits(sign) & SIGN_BIT));
  }
}
