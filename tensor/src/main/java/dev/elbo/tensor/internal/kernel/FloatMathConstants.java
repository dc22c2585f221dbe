package dev.elbo.tensor.internal.kernel;

/**
 * Numbers shared by {@link FloatMath} and its vector twin, which must use the very same ones.
 *
 * <p>The polynomials are minimax fits: Remez exchange in 45 digits on the reduced interval, with
 * weights that turn the error into a relative error of the function; then each coefficient is
 * rounded to float32. The error given beside each one is that of the rounded polynomial.
 */
public final class FloatMathConstants {
  private FloatMathConstants() {}

  /** {@code 1.5 * 2^23}: adding it rounds to an integer, which then sits in the low bits. */
  public static final float ROUNDING_SHIFT = 0x1.8p23f;

  public static final int ROUNDING_SHIFT_BITS = 0x4b400000;
  public static final int SIGN_BIT = 0x80000000;
  public static final int MAGNITUDE_BITS = 0x7fffffff;

  /** Bits of 2/3: the significand is brought into [2/3, 4/3) before a logarithm. */
  public static final int TWO_THIRDS_BITS = 0x3f2aaaab;

  public static final float ONE_THIRD = 0x1.555556p-2f;

  public static final int ONE_BITS = 0x3f800000;

  public static final float LOG2_E = 0x1.715476p0f;

  /** log(2) rounded, and what the rounding left. */
  public static final float LN2 = 0x1.62e43p-1f;

  public static final float LN2_REST = -0x1.05c61p-29f;

  /** Above it e^x is infinite. */
  public static final float EXP_OVERFLOW = 89f;

  /** Below it e^x rounds to 0. */
  public static final float EXP_UNDERFLOW = -104f;

  /** Below it e^x - 1 rounds to -1. */
  public static final float EXPM1_FLOOR = -18f;

  /** Below it, in magnitude, e^x - 1 rounds to x. */
  public static final float EXPM1_IDENTITY = 0x1p-25f;

  // e^r = 1 + (r + r^2 (EXP_0 + EXP_1 r + ...)) for |r| <= log(2)/2: 2^-28.
  public static final float EXP_0 = 0x1.fffffcp-2f;
  public static final float EXP_1 = 0x1.555492p-3f;
  public static final float EXP_2 = 0x1.5558f2p-5f;
  public static final float EXP_3 = 0x1.123a2p-7f;
  public static final float EXP_4 = 0x1.6a2414p-10f;

  // e^r - 1 = r + r^2 (EXPM1_0 + EXPM1_1 r + ...) for |r| <= log(2)/2: 2^-26.
  public static final float EXPM1_0 = 0x1.fffffep-2f;
  public static final float EXPM1_1 = 0x1.5554bp-3f;
  public static final float EXPM1_2 = 0x1.555674p-5f;
  public static final float EXPM1_3 = 0x1.1227bp-7f;
  public static final float EXPM1_4 = 0x1.6bebep-10f;

  // log(1 + f) = f + f^2 (-1/2 + f (LOG_0 + LOG_1 f + ...)) for |f| <= 1/3: 2^-27.
  public static final float LOG_0 = 0x1.555506p-2f;
  public static final float LOG_1 = -0x1.fffefp-3f;
  public static final float LOG_2 = 0x1.99d02ap-3f;
  public static final float LOG_3 = -0x1.559ddp-3f;
  public static final float LOG_4 = 0x1.1ed6f4p-3f;
  public static final float LOG_5 = -0x1.f3109cp-4f;
  public static final float LOG_6 = 0x1.1e6776p-3f;
  public static final float LOG_7 = -0x1.0806fep-3f;

  /**
   * Up to it tanh is a polynomial; from it on, 1 - 2 / (e^2x + 1), which is then above one half.
   */
  public static final float TANH_SMALL = 0.55f;

  /** From it on tanh rounds to 1. */
  public static final float TANH_ONE = 10f;

  // tanh(x) = x + x^3 (TANH_0 + TANH_1 x^2 + ...) for |x| <= 0.55: 2^-27.
  public static final float TANH_0 = -0x1.55554ap-2f;
  public static final float TANH_1 = 0x1.110d26p-3f;
  public static final float TANH_2 = -0x1.b9287cp-5f;
  public static final float TANH_3 = 0x1.593d0ep-6f;
  public static final float TANH_4 = -0x1.9b3068p-8f;

  /** Up to it erf is a polynomial; from it on, 1 - e^-g(x). */
  public static final float ERF_SMALL = 1f;

  /** From it on erf rounds to 1. */
  public static final float ERF_ONE = 4f;

  // erf(x) = x + x (ERF_0 + ERF_1 x^2 + ...) for |x| <= 1: 2^-27.
  public static final float ERF_0 = 0x1.06eba8p-3f;
  public static final float ERF_1 = -0x1.81273ep-2f;
  public static final float ERF_2 = 0x1.ce2cf8p-4f;
  public static final float ERF_3 = -0x1.b7f90cp-6f;
  public static final float ERF_4 = 0x1.5405bp-8f;
  public static final float ERF_5 = -0x1.a3f6f6p-11f;
  public static final float ERF_6 = 0x1.496a16p-14f;

  // g(x) = -log(1 - erf(x)) = ERFC_0 + ERFC_1 x + ... for 1 <= x <= 4: 2^-29 of erf.
  public static final float ERFC_0 = 0x1.661f4ep-12f;
  public static final float ERFC_1 = 0x1.2088eap0f;
  public static final float ERFC_2 = 0x1.46baeep-1f;
  public static final float ERFC_3 = 0x1.a65332p-4f;
  public static final float ERFC_4 = -0x1.65cb52p-6f;
  public static final float ERFC_5 = 0x1.825aa6p-9f;
  public static final float ERFC_6 = -0x1.86dcf4p-13f;

  /** Up to it sin and cos reduce their argument in float32; beyond, in integers. */
  public static final float TRIGONOMETRIC_LIMIT = 0x1p17f;

  public static final float TWO_OVER_PI = 0x1.45f306p-1f;

  /** pi/2 is the sum of these three, to 2^-76. */
  public static final float HALF_PI_0 = 0x1.921fb6p0f;

  public static final float HALF_PI_1 = -0x1.777a5cp-25f;
  public static final float HALF_PI_2 = -0x1.ee59dap-50f;

  // sin(r) = r + r^3 (SIN_0 + SIN_1 r^2 + ...) for |r| <= 1.006 pi/4: 2^-27.
  public static final float SIN_0 = -0x1.555544p-3f;
  public static final float SIN_1 = 0x1.1106fep-7f;
  public static final float SIN_2 = -0x1.992edep-13f;

  // cos(r) = 1 - r^2/2 + r^4 (COS_0 + COS_1 r^2 + ...) for |r| <= 1.006 pi/4: 2^-31.
  public static final float COS_0 = 0x1.55554ap-5f;
  public static final float COS_1 = -0x1.6c0c4cp-10f;
  public static final float COS_2 = 0x1.99efb6p-16f;
}
