package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of sums, spelled out once more with an array of 64 lanes; and every backend against it.
 */
final class ReductionKernelsTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final int OFFSET = 3;

  static IntStream sizes() {
    return IntStream.of(
        0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 129, 1000,
        1025);
  }

  static Stream<ReductionKernels> backends() {
    return Backends.all().stream().map(Kernels::reductions);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void sumsAndProductsTakeTheDocumentedOrder(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int trial = 0; trial < 20; trial++) {
      float[] x = row(random, size, trial);
      double[] wide = widen(x);
      float sum = lanes(x, size, 0f, (a, b) -> (float) a + (float) b);
      float product = lanes(x, size, 1f, (a, b) -> (float) a * (float) b);
      backends()
          .forEach(kernels -> {
            assertSame(kernels.sum(x, OFFSET, size), sum);
            assertSame(kernels.prod(x, OFFSET, size), product);
            assertSame(kernels.sum(wide, OFFSET, size), wideLanes(wide, size, 0.0, Double::sum));
            assertSame(
                kernels.prod(wide, OFFSET, size), wideLanes(wide, size, 1.0, (a, b) -> a * b));
          });
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void sumsOfMagnitudesAreSumsOfTheirArray(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int trial = 0; trial < 20; trial++) {
      float[] x = row(random, size, trial);
      float[] magnitudes = x.clone();
      for (int i = 0; i < magnitudes.length; i++) {
        magnitudes[i] = Math.abs(magnitudes[i]);
      }
      backends()
          .filter(ReductionKernels::sumsMagnitudes)
          .forEach(kernels ->
              assertSame(
                  kernels.sumOfMagnitudes(x, OFFSET, size), kernels.sum(magnitudes, OFFSET, size)));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void sumsOfRowsAreThoseOfEachRow(int length) {
    SplittableRandom random = new SplittableRandom(length);
    for (int rows : new int[] {0, 1, 2, 5, 19}) {
      for (int trial = 0; trial < 8; trial++) {
        float[] x = row(random, rows * length, trial);
        backends()
            .forEach(kernels -> {
              float[] sums = new float[rows + 2];
              kernels.sumRows(x, OFFSET, rows, length, sums, 1);
              assertThat(sums[0]).isZero();
              assertThat(sums[rows + 1]).isZero();
              for (int r = 0; r < rows; r++) {
                assertSame(sums[1 + r], kernels.sum(x, OFFSET + r * length, length));
              }
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void extremaAndTheirIndices(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int trial = 0; trial < 20; trial++) {
      float[] x = row(random, size, trial);
      double[] wide = widen(x);
      float max = -INF;
      float min = INF;
      int argMax = -1;
      for (int i = 0; i < size; i++) {
        float value = x[OFFSET + i];
        max = Math.max(max, value);
        min = Math.min(min, value);
        boolean settled = argMax >= 0 && Float.isNaN(x[OFFSET + argMax]);
        if (argMax < 0 || (!settled && !(value <= x[OFFSET + argMax]))) {
          argMax = i;
        }
      }
      for (ReductionKernels kernels : backends().toList()) {
        assertSame(kernels.max(x, OFFSET, size), max);
        assertSame(kernels.min(x, OFFSET, size), min);
        assertThat(kernels.argMax(x, OFFSET, size)).isEqualTo(argMax);
        assertSame(kernels.max(wide, OFFSET, size), (double) max);
        assertSame(kernels.min(wide, OFFSET, size), (double) min);
        assertThat(kernels.argMax(wide, OFFSET, size)).isEqualTo(argMax);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void extremaOfZerosAndTies(ReductionKernels kernels) {
    float[] zeros = new float[40];
    zeros[7] = -0f;
    assertSame(kernels.max(zeros, 0, 40), 0f);
    assertSame(kernels.min(zeros, 0, 40), -0f);
    assertThat(kernels.argMax(zeros, 0, 40)).isZero();
    float[] nans = {5f, Float.NaN, 9f, Float.NaN};
    assertThat(kernels.argMax(nans, 0, 4)).isEqualTo(1);
    assertThat(kernels.argMax(nans, 2, 1)).isZero();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSumIsNeverNegativeZero(ReductionKernels kernels) {
    assertSame(kernels.sum(new float[] {-0f, -0f}, 0, 2), 0f);
    assertSame(kernels.sum(new float[0], 0, 0), 0f);
    assertSame(kernels.prod(new float[0], 0, 0), 1f);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void columns(int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    int stride = columns + 2;
    for (int rows : new int[] {0, 1, 2, 5}) {
      float[] x = row(random, rows * stride, 0);
      float[] start = row(random, columns, 0);
      for (ReductionKernels kernels : backends().toList()) {
        checkColumns(x, rows, columns, stride, start, Float::sum, kernels::addColumns);
        checkColumns(x, rows, columns, stride, start, (a, b) -> a * b, kernels::prodColumns);
        checkColumns(x, rows, columns, stride, start, Math::max, kernels::maxColumns);
        checkColumns(x, rows, columns, stride, start, Math::min, kernels::minColumns);
      }
    }
  }

  private interface Columns {
    void apply(
        float[] x, int offset, int rows, int columns, int stride, float[] target, int targetOffset);
  }

  private interface FloatBinaryOperator {
    float apply(float a, float b);
  }

  private static void checkColumns(
      float[] x,
      int rows,
      int columns,
      int stride,
      float[] start,
      FloatBinaryOperator operator,
      Columns kernel) {
    float[] expected = start.clone();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        expected[OFFSET + j] = operator.apply(expected[OFFSET + j], x[OFFSET + r * stride + j]);
      }
    }
    float[] actual = start.clone();
    kernel.apply(x, OFFSET, rows, columns, stride, actual, OFFSET);
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void float64Columns() {
    double[] x = {9, 1, 2, 9, 3, 4, 9};
    for (ReductionKernels kernels : backends().toList()) {
      double[] accumulator = {0, 10, 20};
      kernels.addColumns(x, 1, 2, 2, 3, accumulator, 1);
      assertThat(accumulator).containsExactly(0, 14, 26);
      kernels.prodColumns(x, 1, 2, 2, 3, accumulator, 1);
      assertThat(accumulator).containsExactly(0, 42, 208);
      kernels.maxColumns(new double[] {50, 60}, 0, 1, 2, 2, accumulator, 1);
      assertThat(accumulator).containsExactly(0, 50, 208);
      kernels.minColumns(new double[] {51, 60}, 0, 1, 2, 2, accumulator, 1);
      assertThat(accumulator).containsExactly(0, 50, 60);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void softmaxOfARow(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int trial = 0; trial < 20; trial++) {
      float[] x = row(random, size, trial);
      float max = -INF;
      for (int i = 0; i < size; i++) {
        max = Math.max(max, x[OFFSET + i]);
      }
      float[] exponentials = new float[OFFSET + size];
      for (int i = 0; i < size; i++) {
        exponentials[OFFSET + i] = FloatMath.exp(x[OFFSET + i] - max);
      }
      float sum = lanes(exponentials, size, 0f, (a, b) -> (float) a + (float) b);
      for (ReductionKernels kernels : backends().toList()) {
        float[] softmax = x.clone();
        kernels.softmaxRow(softmax, OFFSET, softmax, OFFSET, size);
        float[] logSoftmax = new float[size + 1];
        kernels.logSoftmaxRow(x, OFFSET, logSoftmax, 1, size);
        float[] inPlace = x.clone();
        kernels.logSoftmaxRow(inPlace, OFFSET, inPlace, OFFSET, size);
        for (int i = 0; i < size; i++) {
          assertSame(softmax[OFFSET + i], exponentials[OFFSET + i] / sum);
          assertSame(logSoftmax[1 + i], (x[OFFSET + i] - max) - FloatMath.log(sum));
          assertSame(inPlace[OFFSET + i], logSoftmax[1 + i]);
        }
        assertSame(
            kernels.logSumExpRow(x, OFFSET, size),
            Float.isInfinite(max) ? max : max + FloatMath.log(sum));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void rowsTogetherHaveTheBitsOfEachByItself(ReductionKernels kernels) {
    SplittableRandom random = new SplittableRandom(5);
    ReductionKernels scalar = new ScalarReductionKernels();
    float[] scratch = new float[kernels.rowsScratchFloats()];
    for (int length = 1; length <= 40; length++) {
      for (int rows : new int[] {0, 1, 3, 4, 15, 16, 17, 33}) {
        float[] x = row(random, rows * length, length);
        Arrays.fill(scratch, Float.NaN);
        float[] softmax = x.clone();
        kernels.softmaxRows(softmax, OFFSET, softmax, OFFSET, rows, length, scratch);
        float[] sums = new float[rows + 1];
        kernels.logSumExpRows(x, OFFSET, sums, 1, rows, length, scratch);
        for (int row = 0; row < rows; row++) {
          int at = OFFSET + row * length;
          float[] expected = new float[length];
          scalar.softmaxRow(x, at, expected, 0, length);
          for (int i = 0; i < length; i++) {
            assertSame(softmax[at + i], expected[i]);
          }
          assertSame(sums[1 + row], scalar.logSumExpRow(x, at, length));
        }
        assertThat(softmax).startsWith(Arrays.copyOf(x, OFFSET));
      }
    }
  }

  /** Values of SciPy 1.17.1: softmax, log_softmax and logsumexp of (1, 2, 4). */
  @ParameterizedTest
  @MethodSource("backends")
  void softmaxAgreesWithScipy(ReductionKernels kernels) {
    float[] x = {1f, 2f, 4f};
    float[] y = new float[3];
    kernels.softmaxRow(x, 0, y, 0, 3);
    assertThat(y[0]).isCloseTo(0.042010065f, within(1e-8f));
    assertThat(y[2]).isCloseTo(0.8437947f, within(1e-7f));
    kernels.logSoftmaxRow(x, 0, y, 0, 3);
    assertThat(y[0]).isCloseTo(-3.169846f, within(3e-7f));
    assertThat(kernels.logSumExpRow(x, 0, 3)).isCloseTo(4.169846f, within(5e-7f));

    double[] wide = {1, 2, 4};
    double[] z = new double[3];
    kernels.softmaxRow(wide, 0, z, 0, 3);
    assertThat(z[1]).isCloseTo(0.11419519938459449, within(1e-15));
    kernels.logSoftmaxRow(wide, 0, z, 0, 3);
    assertThat(z[2]).isCloseTo(-0.16984601955628567, within(1e-15));
    assertThat(kernels.logSumExpRow(wide, 0, 3)).isCloseTo(4.169846019556286, within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void softmaxOfInfiniteRows(ReductionKernels kernels) {
    for (int size : new int[] {1, 10, 40}) {
      float[] x = new float[size];
      float[] y = new float[size];
      Arrays.fill(x, -INF);
      assertThat(kernels.logSumExpRow(x, 0, size)).isEqualTo(-INF);
      kernels.softmaxRow(x, 0, y, 0, size);
      assertThat(y).containsOnly(Float.NaN);
      kernels.logSoftmaxRow(x, 0, y, 0, size);
      assertThat(y).containsOnly(Float.NaN);
      x[0] = INF;
      assertThat(kernels.logSumExpRow(x, 0, size)).isEqualTo(INF);
      x[size - 1] = Float.NaN;
      assertThat(kernels.logSumExpRow(x, 0, size)).isNaN();
    }
    float[] masked = {-INF, 0f, 0f};
    float[] y = new float[3];
    kernels.softmaxRow(masked, 0, y, 0, 3);
    assertThat(y).containsExactly(0f, 0.5f, 0.5f);
    assertThat(kernels.logSumExpRow(masked, 0, 0)).isEqualTo(-INF);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void integers(ReductionKernels kernels) {
    int[] x = {99, 3, -7, 12, 12, -7, 99};
    assertThat(kernels.sum(x, 1, 5)).isEqualTo(13);
    assertThat(kernels.prod(x, 1, 2)).isEqualTo(-21);
    assertThat(kernels.max(x, 1, 5)).isEqualTo(12);
    assertThat(kernels.min(x, 1, 5)).isEqualTo(-7);
    assertThat(kernels.argMax(x, 1, 5)).isEqualTo(2);
    assertThat(kernels.sum(new int[] {Integer.MAX_VALUE, 1}, 0, 2)).isEqualTo(Integer.MIN_VALUE);
    assertThat(kernels.sum(x, 0, 0)).isZero();
    assertThat(kernels.prod(x, 0, 0)).isEqualTo(1);
    assertThat(kernels.max(x, 0, 0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(kernels.min(x, 0, 0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(kernels.argMax(x, 0, 0)).isEqualTo(-1);
  }

  /** A row behind OFFSET others; later trials have large numbers, zeros, infinities and NaN. */
  private static float[] row(SplittableRandom random, int size, int trial) {
    float[] x = new float[OFFSET + size];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-10, 10) * (trial % 7 == 6 ? 1e30f : 1f);
    }
    if (size > 0 && trial >= 10) {
      float[] special = {INF, -INF, Float.NaN, -0f, Float.MAX_VALUE, Float.MIN_VALUE};
      x[OFFSET + random.nextInt(size)] = special[trial % special.length];
      x[OFFSET + random.nextInt(size)] = special[trial / 2 % special.length];
    }
    return x;
  }

  private static float lanes(float[] x, int size, float start, DoubleBinaryOperator operator) {
    float[] lanes = new float[64];
    Arrays.fill(lanes, start);
    for (int i = 0; i < size; i++) {
      lanes[i % 64] = (float) operator.applyAsDouble(lanes[i % 64], x[OFFSET + i]);
    }
    for (int h = 32; h > 0; h /= 2) {
      for (int i = 0; i < h; i++) {
        lanes[i] = (float) operator.applyAsDouble(lanes[i], lanes[i + h]);
      }
    }
    return lanes[0];
  }

  private static double wideLanes(
      double[] x, int size, double start, DoubleBinaryOperator operator) {
    double[] lanes = new double[64];
    Arrays.fill(lanes, start);
    for (int i = 0; i < size; i++) {
      lanes[i % 64] = operator.applyAsDouble(lanes[i % 64], x[OFFSET + i]);
    }
    for (int h = 32; h > 0; h /= 2) {
      for (int i = 0; i < h; i++) {
        lanes[i] = operator.applyAsDouble(lanes[i], lanes[i + h]);
      }
    }
    return lanes[0];
  }

  private static double[] widen(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }

  private static void assertSame(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual))
        .as("%s, expected %s", actual, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  private static void assertSame(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual))
        .as("%s, expected %s", actual, expected)
        .isEqualTo(Float.floatToIntBits(expected));
  }
}
