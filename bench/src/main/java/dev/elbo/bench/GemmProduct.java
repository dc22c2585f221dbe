package dev.elbo.bench;

import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.Gemm;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One product to measure: its shape, its factors, and how to hold results against each other. */
final class GemmProduct {
  private static final long LEAD_IN_NANOS = 60_000_000;

  private final boolean transposeA;
  private final boolean transposeB;
  private final int m;
  private final int n;
  private final int k;
  private final float[] a;
  private final float[] b;

  private GemmProduct(int m, int k, int n, boolean transposeA, boolean transposeB) {
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.m = m;
    this.n = n;
    this.k = k;
    a = values(m * k, 1);
    b = values(k * n, 2);
  }

  /** A hidden layer of 128 at batch 32, forward, weights' and input's gradient; larger squares. */
  static List<GemmProduct> standard() {
    return List.of(
        new GemmProduct(32, 784, 128, false, false),
        new GemmProduct(784, 32, 128, true, false),
        new GemmProduct(32, 128, 784, false, true),
        new GemmProduct(128, 784, 512, false, false),
        new GemmProduct(512, 512, 512, false, false),
        new GemmProduct(1024, 1024, 1024, false, false));
  }

  /** Besides those, a hidden layer of 400 at batch 128, an output layer of 10, and one row. */
  static List<GemmProduct> more() {
    return Stream.concat(
            standard().stream(),
            Stream.of(
                new GemmProduct(784, 32, 128, false, false),
                new GemmProduct(32, 128, 784, false, false),
                new GemmProduct(128, 784, 400, false, false),
                new GemmProduct(128, 400, 784, false, true),
                new GemmProduct(784, 128, 400, true, false),
                new GemmProduct(128, 400, 20, false, false),
                new GemmProduct(32, 128, 10, false, false),
                new GemmProduct(128, 32, 10, true, false),
                new GemmProduct(32, 10, 128, false, true),
                new GemmProduct(8, 784, 128, false, false),
                new GemmProduct(1, 784, 128, false, false)))
        .toList();
  }

  String name() {
    String factors = transposeA ? " (A^T B)" : transposeB ? " (A B^T)" : "";
    return m + "x" + k + "x" + n + factors;
  }

  float[] result() {
    return new float[m * n];
  }

  /** One product as Elbo computes it. */
  Runnable elbo(Kernels kernels, Team team, float[] c) {
    Gemm gemm = Gemm.of(kernels.gemm(), transposeA, transposeB, m, n, k);
    float[][] scratch = new float[team.size()][gemm.scratchFloats()];
    Team.Task task = (chunk, slot) -> gemm.run(chunk, a, 0, b, 0, c, 0, false, scratch[slot]);
    return () -> team.run(gemm.chunks(), task);
  }

  /** One product as a peer computes it. */
  Runnable of(GemmPeer peer, float[] c) {
    return () -> peer.multiply(transposeA, transposeB, m, n, k, a, b, c);
  }

  /**
   * Each contender's median rate in GFLOP/s. They take turns, so that what changes on the machine
   * meanwhile changes for all. Each turn begins with a while off the clock: threads that have slept
   * may share one core until the system's scheduler parts them.
   *
   * @param settleMillis how long to wait after each contender's turn
   */
  double[] rates(
      List<Runnable> contenders,
      List<Integer> settleMillis,
      long warmUpNanos,
      int rounds,
      long roundNanos) {
    int[] repetitions = new int[contenders.size()];
    for (int i = 0; i < repetitions.length; i++) {
      long nanos = warmUp(contenders.get(i), warmUpNanos);
      repetitions[i] = (int) Math.max(1, roundNanos / Math.max(1, nanos));
      settle(settleMillis.get(i));
    }
    double[][] rates = new double[contenders.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < repetitions.length; i++) {
        warmUp(contenders.get(i), LEAD_IN_NANOS);
        rates[i][round] = rate(contenders.get(i), repetitions[i]);
        settle(settleMillis.get(i));
      }
    }
    return Arrays.stream(rates).mapToDouble(GemmProduct::median).toArray();
  }

  void requireSameBits(float[] expected, float[] actual) {
    if (!Arrays.equals(expected, actual)) {
      throw new IllegalStateException(
          name() + ": the vector and the scalar kernels differ. Run ./verify -pl tensor test.");
    }
  }

  /** Within a millionth of what k products of numbers up to 1 may sum to. */
  void requireClose(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= 1e-6 * k)) {
        throw new IllegalStateException(
            name()
                + ": element "
                + i
                + " is "
                + expected[i]
                + " for Elbo and "
                + actual[i]
                + " for the peer.");
      }
    }
  }

  /** Runs for a while and returns the last run's nanoseconds. */
  private static long warmUp(Runnable contender, long nanos) {
    long start = System.nanoTime();
    long before;
    long now = start;
    do {
      before = now;
      contender.run();
      now = System.nanoTime();
    } while (now - start < nanos);
    return now - before;
  }

  private double rate(Runnable contender, int repetitions) {
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      contender.run();
    }
    return 2.0 * m * n * k * repetitions / (System.nanoTime() - start);
  }

  /**
   * Waits awake: a core that has idled is slow at first, and a scheduler may pack threads on it.
   */
  private static void settle(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static float[] values(int count, long seed) {
    return Random.uniform(Shape.of(count)).range(-1, 1).seed(seed).toFloats();
  }
}
