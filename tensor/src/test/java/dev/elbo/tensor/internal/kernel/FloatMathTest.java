package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * float32 functions against float64 references: accuracy over all of float32, and special cases.
 */
final class FloatMathTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  /** A prime, so that the low bits of the arguments vary. */
  private static final int STRIDE = 8009;

  @ParameterizedTest
  @EnumSource
  void staysWithinItsDocumentedBound(MathFunction function) {
    double worst = 0;
    float worstAt = 0f;
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      double error = error(value(function, x), reference(function).applyAsDouble(x));
      if (error > worst) {
        worst = error;
        worstAt = x;
      }
    }
    assertThat(worst).as("%s(%s), in ulp", function, worstAt).isLessThan(bound(function));
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsBoundWhereFormulasMeet(MathFunction function) {
    float[] borders = {
      0.55f,
      1f,
      4f,
      10f,
      1f / 3f,
      -1f / 3f,
      0.34657f,
      -0.34657f,
      2f / 3f,
      4f / 3f,
      88.72284f,
      89f,
      -87.33655f,
      -103.9721f,
      -104f,
      -18f,
      0x1p-25f,
      -0.99999994f,
      0x1p17f,
      0.7853982f,
      1.5707964f,
      Float.MIN_NORMAL,
      Float.MAX_VALUE
    };
    for (float border : borders) {
      int middle = Float.floatToRawIntBits(border);
      for (int bits = middle - 300; bits <= middle + 300; bits++) {
        float x = Float.intBitsToFloat(bits);
        assertThat(error(value(function, x), reference(function).applyAsDouble(x)))
            .as("%s(%s), in ulp", function, x)
            .isLessThan(bound(function));
      }
    }
  }

  @Test
  void specialCases() {
    assertThat(FloatMath.exp(-INF)).isEqualTo(0f);
    assertThat(FloatMath.exp(INF)).isEqualTo(INF);
    assertThat(FloatMath.exp(0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(FloatMath.expm1(-INF)).isEqualTo(-1f);
    assertThat(FloatMath.expm1(INF)).isEqualTo(INF);
    assertThat(FloatMath.log(0f)).isEqualTo(-INF);
    assertThat(FloatMath.log(-0f)).isEqualTo(-INF);
    assertThat(FloatMath.log(1f)).isEqualTo(0f);
    assertThat(FloatMath.log(INF)).isEqualTo(INF);
    assertThat(FloatMath.log(-Float.MIN_VALUE)).isNaN();
    assertThat(FloatMath.log1p(-1f)).isEqualTo(-INF);
    assertThat(FloatMath.log1p(-1.0000001f)).isNaN();
    assertThat(FloatMath.log1p(INF)).isEqualTo(INF);
    assertThat(FloatMath.tanh(INF)).isEqualTo(1f);
    assertThat(FloatMath.tanh(-INF)).isEqualTo(-1f);
    assertThat(FloatMath.sigmoid(-INF)).isEqualTo(0f);
    assertThat(FloatMath.sigmoid(INF)).isEqualTo(1f);
    assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(FloatMath.softplus(-INF)).isEqualTo(0f);
    assertThat(FloatMath.softplus(INF)).isEqualTo(INF);
    assertThat(FloatMath.erf(INF)).isEqualTo(1f);
    assertThat(FloatMath.erf(-INF)).isEqualTo(-1f);
    assertThat(FloatMath.sin(INF)).isNaN();
    assertThat(FloatMath.cos(-INF)).isNaN();
    assertThat(FloatMath.cos(0f)).isEqualTo(1f);
  }

  @ParameterizedTest
  @EnumSource
  void nanGivesNan(MathFunction function) {
    assertThat(value(function, Float.NaN)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPM1", "LOG1P", "TANH", "ERF", "SIN"})
  void negativeZeroKeepsItsSign(MathFunction function) {
    assertThat(Float.floatToRawIntBits(value(function, -0f)))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(Float.floatToRawIntBits(value(function, 0f))).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "ERF", "SIN", "COS"})
  void symmetryHoldsToTheLastBit(MathFunction function) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt() & Float.floatToRawIntBits(Float.MAX_VALUE));
      float expected = value(function, x);
      assertThat(value(function, -x))
          .as("%s(-%s)", function, x)
          .isEqualTo(function == MathFunction.COS ? expected : -expected);
    }
  }

  @Test
  void powFollowsMathPowInEverySpecialCase() {
    float[] values = {
      0f,
      -0f,
      1f,
      -1f,
      2f,
      -2f,
      3f,
      -3f,
      0.5f,
      -0.5f,
      1.5f,
      INF,
      -INF,
      Float.NaN,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0x1p23f + 1,
      -0x1p23f - 1,
      0x1p24f,
      -0x1p24f,
      8388607.5f,
      1.0000001f,
      0.99999994f,
      1e30f,
      -1e30f,
      1e-30f,
      -1e-30f
    };
    for (float x : values) {
      for (float y : values) {
        assertThat(Float.floatToIntBits(FloatMath.pow(x, y)))
            .as("%s ^ %s", x, y)
            .isEqualTo(Float.floatToIntBits((float) Math.pow(x, y)));
      }
    }
  }

  @Test
  void powIsCloseToCorrectlyRounded() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 300_000; i++) {
      float x =
          (i & 1) == 0 ? (float) random.nextDouble(0, 10) : Float.intBitsToFloat(random.nextInt());
      float y = (float) random.nextDouble(-40, 40);
      assertThat(error(FloatMath.pow(x, y), StrictMath.pow(x, y)))
          .as("%s ^ %s, in ulp", x, y)
          .isLessThan(0.51);
    }
  }

  static float value(MathFunction function, float x) {
    return switch (function) {
      case EXP -> FloatMath.exp(x);
      case EXPM1 -> FloatMath.expm1(x);
      case LOG -> FloatMath.log(x);
      case LOG1P -> FloatMath.log1p(x);
      case TANH -> FloatMath.tanh(x);
      case SIGMOID -> FloatMath.sigmoid(x);
      case SOFTPLUS -> FloatMath.softplus(x);
      case ERF -> FloatMath.erf(x);
      case SIN -> FloatMath.sin(x);
      case COS -> FloatMath.cos(x);
    };
  }

  /** What FloatMath documents, in ulp. */
  private static double bound(MathFunction function) {
    return switch (function) {
      case EXP, LOG -> 1.0;
      case ERF -> 1.1;
      case TANH, SIGMOID -> 1.5;
      case EXPM1, LOG1P, SIN, COS -> 1.6;
      case SOFTPLUS -> 1.9;
    };
  }

  private static DoubleUnaryOperator reference(MathFunction function) {
    return switch (function) {
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case LOG -> StrictMath::log;
      case LOG1P -> StrictMath::log1p;
      case TANH -> StrictMath::tanh;
      case SIGMOID ->
          x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS ->
          x ->
              x < 0
                  ? StrictMath.log1p(StrictMath.exp(x))
                  : x + StrictMath.log1p(StrictMath.exp(-x));
      // The JDK has no erf; DoubleMathTest holds this one against 25 digits.
      case ERF -> DoubleMath::erf;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
    };
  }

  /** Distance in units of the last place that float32 has at the reference. */
  private static double error(float value, double reference) {
    if (Double.isNaN(reference)) {
      return Float.isNaN(value) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (value == (float) reference) {
      // Also where both are infinite.
      return Float.isInfinite(value) ? 0 : Math.abs(value - reference) / ulp(reference);
    }
    // Where only one overflows, 2^128 stands for infinity.
    double finite = Float.isInfinite(value) ? Math.copySign(0x1p128, value) : value;
    return Float.isNaN(value)
        ? Double.POSITIVE_INFINITY
        : Math.abs(finite - reference) / ulp(reference);
  }

  private static double ulp(double reference) {
    return Math.scalb(1.0, Math.max(Math.getExponent(reference), Float.MIN_EXPONENT) - 23);
  }
}
