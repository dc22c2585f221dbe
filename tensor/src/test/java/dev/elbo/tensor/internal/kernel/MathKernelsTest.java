package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backend gives the bits of FloatMath and DoubleMath, on any run of an array. */
final class MathKernelsTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025};
  private static final float UNTOUCHED = 12345f;

  @ParameterizedTest
  @EnumSource
  void everySizeAndOffset(MathFunction function) {
    SplittableRandom random = new SplittableRandom(1);
    for (Kernels kernels : Backends.all()) {
      for (int size : SIZES) {
        int sourceOffset = size % 5;
        int targetOffset = size % 3 + 1;
        float[] source = new float[sourceOffset + size + 2];
        for (int i = 0; i < source.length; i++) {
          source[i] = argument(random, i);
        }
        float[] target = new float[targetOffset + size + 2];
        Arrays.fill(target, UNTOUCHED);
        float[] original = source.clone();

        kernels.math().apply(function, source, sourceOffset, target, targetOffset, size);

        assertThat(source).isEqualTo(original);
        for (int i = 0; i < target.length; i++) {
          int k = i - targetOffset;
          float expected =
              k >= 0 && k < size
                  ? FloatMathTest.value(function, source[sourceOffset + k])
                  : UNTOUCHED;
          assertThat(Float.floatToIntBits(target[i]))
              .as("%s %s of size %d at %d", kernels.name(), function, size, k)
              .isEqualTo(Float.floatToIntBits(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameBitsAllOverFloat32(MathFunction function) {
    int length = 4096;
    float[] source = new float[length];
    float[] expected = new float[length];
    float[] actual = new float[length];
    for (long first = 0; first < 1L << 32; first += 16411L * length) {
      for (int i = 0; i < length; i++) {
        source[i] = Float.intBitsToFloat((int) (first + 16411L * i));
        expected[i] = FloatMathTest.value(function, source[i]);
      }
      for (Kernels kernels : Backends.all()) {
        kernels.math().apply(function, source, 0, actual, 0, length);
        assertSameBits(kernels + " " + function, source, expected, actual);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameBitsAtSpecialArguments(MathFunction function) {
    float[] special = {
      0f,
      -0f,
      1f,
      -1f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0.55f,
      -0.55f,
      4f,
      -4f,
      10f,
      89f,
      88.72284f,
      -18f,
      -104f,
      -103.9f,
      -87.4f,
      0x1p-25f,
      -0x1p-25f,
      0x1p17f,
      131073f,
      -0.99999994f,
      -1.0000001f,
      0x1.555556p-2f,
      2f / 3f,
      4f / 3f,
      0x1.fffffep126f
    };
    // Each among ordinary numbers, in every lane, and each in a vector of its own.
    for (float x : special) {
      for (int lane = 0; lane < 16; lane++) {
        float[] source = new float[32];
        Arrays.fill(source, 0, 16, 0.25f);
        Arrays.fill(source, 16, 32, x);
        source[lane] = x;
        float[] expected = new float[32];
        for (int i = 0; i < 32; i++) {
          expected[i] = FloatMathTest.value(function, source[i]);
        }
        for (Kernels kernels : Backends.all()) {
          float[] actual = new float[32];
          kernels.math().apply(function, source, 0, actual, 0, 32);
          assertSameBits(kernels.name() + " " + function, source, expected, actual);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void worksInPlace(MathFunction function) {
    SplittableRandom random = new SplittableRandom(2);
    float[] source = new float[133];
    for (int i = 0; i < source.length; i++) {
      source[i] = argument(random, i);
    }
    for (Kernels kernels : Backends.all()) {
      float[] expected = new float[source.length];
      kernels.math().apply(function, source, 0, expected, 0, source.length);
      float[] actual = source.clone();
      kernels.math().apply(function, actual, 0, actual, 0, source.length);
      assertSameBits(kernels.name() + " " + function, source, expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void float64IsDoubleMath(MathFunction function) {
    double[] source = {9.0, 0.3, 2.0, Double.NaN, 9.0};
    for (Kernels kernels : Backends.all()) {
      double[] target = {7.0, 7.0, 7.0, 7.0, 7.0, 7.0};
      kernels.math().apply(function, source, 1, target, 2, 3);
      assertThat(target[1]).isEqualTo(7.0);
      assertThat(target[2]).isCloseTo(FloatMathTest.value(function, 0.3f), within());
      assertThat(target[3]).isCloseTo(FloatMathTest.value(function, 2f), within());
      assertThat(target[4]).isNaN();
      assertThat(target[5]).isEqualTo(7.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 16, 33})
  void pow(int size) {
    SplittableRandom random = new SplittableRandom(3);
    float[] base = new float[size + 1];
    float[] exponent = new float[size + 2];
    double[] wideBase = new double[size + 1];
    double[] wideExponent = new double[size + 2];
    for (int i = 0; i <= size; i++) {
      base[i] = (float) random.nextDouble(-3, 3);
      wideBase[i] = base[i];
    }
    for (int i = 0; i < size + 2; i++) {
      exponent[i] = random.nextInt(-4, 5);
      wideExponent[i] = exponent[i];
    }
    for (Kernels kernels : Backends.all()) {
      float[] target = new float[size + 3];
      double[] wideTarget = new double[size + 3];
      kernels.math().pow(base, 1, exponent, 2, target, 3, size);
      kernels.math().pow(wideBase, 1, wideExponent, 2, wideTarget, 3, size);
      for (int i = 0; i < size; i++) {
        assertThat(target[3 + i]).isEqualTo(FloatMath.pow(base[1 + i], exponent[2 + i]));
        assertThat(wideTarget[3 + i]).isEqualTo(DoubleMath.pow(base[1 + i], exponent[2 + i]));
      }
    }
  }

  @Test
  void sigmoidAndSoftplusAreTheTwo() {
    SplittableRandom random = new SplittableRandom(4);
    for (int size : SIZES) {
      float[] source = new float[size + 2];
      float[] sigmoid = new float[size];
      float[] softplus = new float[size];
      for (int i = 0; i < size; i++) {
        source[i + 2] = argument(random, i);
        sigmoid[i] = FloatMath.sigmoid(source[i + 2]);
        softplus[i] = FloatMath.softplus(source[i + 2]);
      }
      float[] read = Arrays.copyOfRange(source, 2, size + 2);
      for (Kernels kernels : Backends.all()) {
        float[] a = new float[size];
        float[] b = new float[size];
        kernels.math().sigmoidAndSoftplus(source, 2, a, 0, b, 0, size);
        assertSameBits(kernels.name(), read, sigmoid, a);
        assertSameBits(kernels.name(), read, softplus, b);
        float[] c = read.clone();
        kernels.math().sigmoidAndSoftplus(c, 0, a, 0, c, 0, size);
        assertSameBits(kernels.name(), read, sigmoid, a);
        assertSameBits(kernels.name(), read, softplus, c);
      }
    }
  }

  private static float argument(SplittableRandom random, int i) {
    return switch (i % 4) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> (float) random.nextDouble(-100, 100);
      case 2 -> (float) random.nextDouble(-1, 1);
      default -> (float) random.nextDouble(-8, 8);
    };
  }

  private static Offset<Double> within() {
    return Offset.offset(2e-6);
  }

  private static void assertSameBits(
      String what, float[] source, float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      // floatToIntBits makes all NaNs one.
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        assertThat(actual[i]).as("%s of %s", what, source[i]).isEqualTo(expected[i]);
        assertThat(Float.floatToIntBits(actual[i]))
            .as("bits of %s of %s", what, source[i])
            .isEqualTo(Float.floatToIntBits(expected[i]));
      }
    }
  }
}
