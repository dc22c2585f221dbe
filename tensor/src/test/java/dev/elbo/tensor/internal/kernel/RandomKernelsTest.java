package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements that do not depend on ranges and backends, and distributions that are what they say. */
final class RandomKernelsTest {
  private static final long SEED = 20260101L;
  private static final RandomFills FILLS = Kernels.get().math().randomFills();
  private static final int COUNT = 200_000;

  /** What 0.1 % of true samples exceed: the limit of Kolmogorov's statistic times sqrt(n). */
  private static final double KOLMOGOROV = 1.95;

  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  enum Distribution {
    UNIFORM(x -> (x + 2) / 5, 0.5, 25.0 / 12),
    NORMAL(x -> normal((x - 1) / 2), 1.0, 4.0),
    TRUNCATED_NORMAL(
        x -> (normal((x - 1) / 2) - normal(-2)) / (1 - 2 * normal(-2)), 1.0, 4 * 0.7737413),
    BERNOULLI(x -> x < 0 ? 0 : x < 1 ? 0.7 : 1, 0.3, 0.21);

    /** The distribution function. */
    final DoubleUnaryOperator cumulative;

    final double mean;
    final double variance;

    Distribution(DoubleUnaryOperator cumulative, double mean, double variance) {
      this.cumulative = cumulative;
      this.mean = mean;
      this.variance = variance;
    }

    void fill(float[] target, long from, long to, int stream, long step) {
      switch (this) {
        case UNIFORM -> RandomKernels.uniform(FILLS, target, from, to, SEED, stream, step, -2f, 3f);
        case NORMAL -> RandomKernels.normal(FILLS, target, from, to, SEED, stream, step, 1f, 2f);
        case TRUNCATED_NORMAL ->
            RandomKernels.truncatedNormal(FILLS, target, from, to, SEED, stream, step, 1f, 2f);
        case BERNOULLI ->
            RandomKernels.bernoulli(FILLS, target, from, to, SEED, stream, step, 0.3f);
      }
    }

    void fill(RandomFills fills, float[] target, long from, long to, Philox philox) {
      switch (this) {
        case UNIFORM -> fills.uniform(target, from, to, philox, -2f, 3f);
        case NORMAL -> fills.normal(target, from, to, philox, 1f, 2f);
        case TRUNCATED_NORMAL -> fills.truncatedNormal(target, from, to, philox, 1f, 2f);
        case BERNOULLI -> fills.bernoulli(target, from, to, philox, 0x4ccccccdL);
      }
    }

    double[] wide(int from, int to) {
      double[] target = new double[to];
      switch (this) {
        case UNIFORM -> RandomKernels.uniform(target, from, to, SEED, 1, 2L, -2.0, 3.0);
        case NORMAL -> RandomKernels.normal(target, from, to, SEED, 1, 2L, 1.0, 2.0);
        case TRUNCATED_NORMAL ->
            RandomKernels.truncatedNormal(target, from, to, SEED, 1, 2L, 1.0, 2.0);
        case BERNOULLI -> throw new IllegalArgumentException("bernoulli is float32 only");
      }
      return target;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anElementDependsOnItsIndexAlone(Distribution distribution) {
    for (Kernels kernels : Backends.all()) {
      RandomFills fills = kernels.math().randomFills();
      float[] whole = new float[10_000];
      distribution.fill(fills, whole, 0, whole.length, Philox.of(SEED, 3, 4));
      for (int length : new int[] {1, 3, 16, 63, 64, 65, 333, 4096}) {
        float[] pieces = new float[whole.length];
        for (int from = 0; from < whole.length; from += length) {
          int to = Math.min(whole.length, from + length);
          distribution.fill(fills, pieces, from, to, Philox.of(SEED, 3, 4));
        }
        assertThat(pieces).as("%s in pieces of %d", kernels.name(), length).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyBackendGivesTheSameBits(Distribution distribution) {
    for (int size : new int[] {0, 1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 1000, 1025, 9000}) {
      for (long step : new long[] {0, 1, 0x123456789abcdefL, -1}) {
        float[] expected = new float[size + 70];
        distribution.fill(
            Kernels.scalar().math().randomFills(), expected, 7, size + 7, Philox.of(1, -5, step));
        for (Kernels kernels : Backends.all()) {
          float[] actual = new float[size + 70];
          distribution.fill(
              kernels.math().randomFills(), actual, 7, size + 7, Philox.of(1, -5, step));
          assertThat(actual).as("%s, size %d", kernels.name(), size).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void elementsTakeTheDocumentedWords() {
    float[] x = new float[200];
    // The top 24 bits of the word, as whole numbers.
    RandomKernels.uniform(FILLS, x, 10, 190, SEED, 1, 2L, 0f, 0x1p24f);
    Philox philox = Philox.of(SEED, 1, 2L);
    for (int i = 0; i < x.length; i++) {
      philox.generate(16L * (i / 64) + i % 16);
      int[] words = {philox.x0(), philox.x1(), philox.x2(), philox.x3()};
      assertThat(x[i]).isEqualTo(i < 10 || i >= 190 ? 0 : words[i / 16 % 4] >>> 8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasItsMomentsAndDistribution(Distribution distribution) {
    float[] x = new float[COUNT];
    distribution.fill(x, 0, COUNT, 1, 2L);
    double[] wide = IntStream.range(0, COUNT).mapToDouble(i -> x[i]).toArray();
    checkMoments(wide, distribution);
    if (distribution != Distribution.BERNOULLI) {
      assertThat(kolmogorov(wide, distribution.cumulative)).isLessThan(KOLMOGOROV);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERNOULLI")
  void float64HasItsMomentsAndDistribution(Distribution distribution) {
    double[] x = distribution.wide(0, COUNT);
    checkMoments(x, distribution);
    assertThat(kolmogorov(x, distribution.cumulative)).isLessThan(KOLMOGOROV);
    double[] part = distribution.wide(1001, 1500);
    assertThat(Arrays.copyOfRange(part, 1001, 1500)).isEqualTo(Arrays.copyOfRange(x, 1001, 1500));
  }

  @ParameterizedTest
  @EnumSource
  void isNotCorrelated(Distribution distribution) {
    float[] x = new float[COUNT];
    distribution.fill(x, 0, COUNT, 1, 2L);
    // 16 and 32 are the distances of elements that share a block or a radius.
    for (int lag : new int[] {1, 2, 16, 32, 48, 64}) {
      assertThat(correlation(x, 0, x, lag, COUNT - lag)).as("lag %d", lag).isCloseTo(0, limit());
    }
    float[] y = new float[COUNT];
    distribution.fill(y, 0, COUNT, 1, 3L);
    assertThat(correlation(x, 0, y, 0, COUNT)).as("next step").isCloseTo(0, limit());
    distribution.fill(y, 0, COUNT, 2, 2L);
    assertThat(correlation(x, 0, y, 0, COUNT)).as("next stream").isCloseTo(0, limit());
  }

  @Test
  void squaresOfNormalsThatShareARadiusAreNotCorrelated() {
    float[] x = new float[COUNT];
    RandomKernels.normal(FILLS, x, 0, COUNT, SEED, 1, 2L, 0f, 1f);
    float[] squares = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      squares[i] = x[i] * x[i];
    }
    assertThat(correlation(squares, 0, squares, 32, COUNT - 32)).isCloseTo(0, limit());
  }

  @Test
  void uniformStaysBelowHigh() {
    // 1 + (1 - 2^-24) rounds to 2 and must not.
    assertThat(RandomFunctions.uniform(-1, 1f, 1f, RandomFunctions.uniformLimit(1f, 2f)))
        .isEqualTo(Math.nextDown(2f));
    float[] x = new float[COUNT];
    RandomKernels.uniform(FILLS, x, 0, COUNT, SEED, 0, 0, 1f, Math.nextUp(1f));
    assertThat(x).containsOnly(1f);
    RandomKernels.uniform(FILLS, x, 0, COUNT, SEED, 0, 0, 3f, 3f);
    assertThat(x).containsOnly(3f);
    double[] wide = new double[1000];
    RandomKernels.uniform(wide, 0, 1000, SEED, 0, 0, 1.0, Math.nextUp(1.0));
    assertThat(wide).containsOnly(1.0);
  }

  @Test
  void bernoulliTakesItsExtremesLiterally() {
    float[] x = new float[COUNT];
    RandomKernels.bernoulli(FILLS, x, 0, COUNT, SEED, 0, 0, 1f);
    assertThat(x).containsOnly(1f);
    RandomKernels.bernoulli(FILLS, x, 0, COUNT, SEED, 0, 0, 0f);
    assertThat(x).containsOnly(0f);
  }

  @Test
  void everyTruncatedNormalIsWithinTwoAndAccurate() {
    float largest = 0f;
    for (int k = 0; k < 1 << 24; k++) {
      largest = Math.max(largest, Math.abs(RandomFunctions.truncatedNormal(k << 8)));
    }
    assertThat(largest).isBetween(1.99999f, 2f);
    double outside = normal(-2);
    for (int k = 0; k < 1 << 24; k += 9973) {
      double chance = outside + (k + 0.5) * 0x1p-24 * (1 - 2 * outside);
      assertThat(normal(RandomFunctions.truncatedNormal(k << 8))).isCloseTo(chance, within(1.2e-7));
    }
    double[] wide = new double[COUNT];
    RandomKernels.truncatedNormal(wide, 0, COUNT, SEED, 0, 0, 0.0, 1.0);
    assertThat(Arrays.stream(wide).map(Math::abs).max().orElseThrow()).isBetween(1.999, 2.0);
  }

  @Test
  void turnsAreExactAtQuarters() {
    assertThat(RandomFunctions.cosOfTurn(0)).isEqualTo(1f);
    assertThat(RandomFunctions.sinOfTurn(0x40000000)).isEqualTo(1f);
    assertThat(RandomFunctions.cosOfTurn(0x80000000)).isEqualTo(-1f);
    assertThat(RandomFunctions.sinOfTurn(0xc0000000)).isEqualTo(-1f);
    for (int i = 0; i < 1000; i++) {
      int word = i * 0x9E3779B9;
      double angle = 2 * Math.PI * Integer.toUnsignedLong(word) * 0x1p-32;
      assertThat((double) RandomFunctions.cosOfTurn(word)).isCloseTo(Math.cos(angle), within(1e-7));
      assertThat((double) RandomFunctions.sinOfTurn(word)).isCloseTo(Math.sin(angle), within(1e-7));
    }
  }

  @Test
  void permutationsArePermutations() {
    for (int n : new int[] {0, 1, 2, 3, 10, 1000, 60_000}) {
      int[] order = new int[n];
      RandomKernels.permutation(order, n, SEED, 1, 2L);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(IntStream.range(0, n).toArray());
    }
  }

  @Test
  void everyPermutationIsEquallyLikely() {
    int[] counts = new int[24];
    int[] order = new int[4];
    int trials = 48_000;
    for (int step = 0; step < trials; step++) {
      RandomKernels.permutation(order, 4, SEED, 1, step);
      int rank = 0;
      for (int i = 0; i < 4; i++) {
        int smaller = 0;
        for (int j = i + 1; j < 4; j++) {
          smaller += order[j] < order[i] ? 1 : 0;
        }
        rank = rank * (4 - i) + smaller;
      }
      counts[rank]++;
    }
    double expected = trials / 24.0;
    double chiSquared =
        Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    // The 99.9 % point of chi squared with 23 degrees of freedom.
    assertThat(chiSquared).isLessThan(49.73);
  }

  private static void checkMoments(double[] x, Distribution distribution) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double error = Math.sqrt(distribution.variance / x.length);
    assertThat(mean).isCloseTo(distribution.mean, within(3.3 * error));
    assertThat(variance / distribution.variance).isCloseTo(1.0, within(5 / Math.sqrt(x.length)));
  }

  /** The largest distance between the empirical distribution and the true one, times sqrt(n). */
  private static double kolmogorov(double[] x, DoubleUnaryOperator cumulative) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double worst = 0;
    for (int i = 0; i < sorted.length; i++) {
      double chance = cumulative.applyAsDouble(sorted[i]);
      worst = Math.max(worst, Math.abs(chance - (double) i / sorted.length));
      worst = Math.max(worst, Math.abs(chance - (i + 1.0) / sorted.length));
    }
    return worst * Math.sqrt(sorted.length);
  }

  private static double correlation(float[] x, int xOffset, float[] y, int yOffset, int n) {
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double syy = 0;
    double sxy = 0;
    for (int i = 0; i < n; i++) {
      double a = x[xOffset + i];
      double b = y[yOffset + i];
      sx += a;
      sy += b;
      sxx += a * a;
      syy += b * b;
      sxy += a * b;
    }
    return (sxy - sx * sy / n) / Math.sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
  }

  /** 3.3 standard deviations of a correlation between independent samples. */
  private static Offset<Double> limit() {
    return within(3.3 / Math.sqrt(COUNT));
  }

  /** The normal distribution function. */
  private static double normal(double z) {
    return 0.5 + 0.5 * DoubleMath.erf(z * Math.sqrt(0.5));
  }
}
