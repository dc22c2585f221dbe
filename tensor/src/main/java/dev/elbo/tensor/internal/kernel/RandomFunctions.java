package dev.elbo.tensor.internal.kernel;

import static java.lang.Math.fma;

/**
 * From random 32-bit words to float32 numbers of a distribution: the reference of {@link
 * RandomFills} and the constants that its vector twin shares.
 */
public final class RandomFunctions {
  private RandomFunctions() {}

  /** Turns the top 24 bits of a word into [0, 1). */
  public static final float UNIT = 0x1p-24f;

  /** {@code pi/2 * 2^-30}: an angle whose quadrant is the top two bits of a word. */
  public static final float ANGLE_UNIT = 0x1.921fb6p-30f;

  /**
   * {@code erf(sqrt(2)) * 2^-24}, where erf(sqrt(2)) is the chance to lie within two deviations.
   */
  public static final float WITHIN_TWO = 0x1.e8b43p-25f;

  // Quantile of the normal distribution, p * n(d) / m(d) with d = 1 - p^2, for |p| <= erf(sqrt(2)):
  // 2^-23. A rational fit in d has positive coefficients only, so that nothing cancels.
  public static final float QUANTILE_N0 = 0x1.8e205p1f;
  public static final float QUANTILE_N1 = 0x1.06dd76p7f;
  public static final float QUANTILE_N2 = 0x1.793496p9f;
  public static final float QUANTILE_N3 = 0x1.714a14p9f;
  public static final float QUANTILE_N4 = 0x1.0e7e98p6f;
  public static final float QUANTILE_D1 = 0x1.cae84ep5f;
  public static final float QUANTILE_D2 = 0x1.c2fcb2p8f;
  public static final float QUANTILE_D3 = 0x1.56c5aep9f;
  public static final float QUANTILE_D4 = 0x1.3b49a4p7f;

  /** {@code low + (high - low) * k / 2^24}, k the top 24 bits, and never above the limit. */
  static float uniform(int word, float low, float range, float limit) {
    float x = fma((float) (word >>> 8), range * UNIT, low);
    return x > limit ? limit : x;
  }

  /** The largest number that {@code uniform} may give: the one below high. */
  public static float uniformLimit(float low, float high) {
    return high > low ? Math.nextDown(high) : low;
  }

  /** {@code sqrt(-2 log((k + 1) / 2^24))}, k the top 24 bits: the radius of Box and Muller. */
  static float radius(int word) {
    float u = (float) ((word >>> 8) + 1) * UNIT;
    return (float) Math.sqrt(-2f * FloatMath.log(u));
  }

  /** cos(2 pi word / 2^32). */
  static float cosOfTurn(int word) {
    int quadrant = (word + 0x20000000) >>> 30;
    return FloatMath.sinReduced((float) (word - (quadrant << 30)) * ANGLE_UNIT, quadrant + 1, 0);
  }

  /** sin(2 pi word / 2^32). */
  static float sinOfTurn(int word) {
    int quadrant = (word + 0x20000000) >>> 30;
    return FloatMath.sinReduced((float) (word - (quadrant << 30)) * ANGLE_UNIT, quadrant, 0);
  }

  /**
   * A standard normal number within (-2, 2): the quantile of {@code (1 + p) / 2}, p uniform within
   * {@code erf(sqrt(2))} of 0 on 2^24 points.
   */
  static float truncatedNormal(int word) {
    float p = (float) (((word >>> 8) << 1) - 0xffffff) * WITHIN_TWO;
    float d = fma(-p, p, 1f);
    float n = fma(QUANTILE_N4, d, QUANTILE_N3);
    n = fma(n, d, QUANTILE_N2);
    n = fma(n, d, QUANTILE_N1);
    n = fma(n, d, QUANTILE_N0);
    float m = fma(QUANTILE_D4, d, QUANTILE_D3);
    m = fma(m, d, QUANTILE_D2);
    m = fma(m, d, QUANTILE_D1);
    m = fma(m, d, 1f);
    return p * n / m;
  }
}
