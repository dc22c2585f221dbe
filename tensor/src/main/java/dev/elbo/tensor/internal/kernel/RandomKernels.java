package dev.elbo.tensor.internal.kernel;

/**
 * Random numbers for the elements {@code from <= i < to} of an array: element i is written to
 * {@code target[i]} and is a function of (seed, stream, step, i) and the distribution alone.
 * However a tensor is cut into ranges, on whatever threads and kernels, its bits are the same.
 *
 * <p>The words come from {@link Philox}; {@link RandomFills} says which element takes which word in
 * float32. In float64, element i takes words {@code 2 (i mod 2)} and {@code 2 (i mod 2) + 1} of
 * block {@code i / 2} as one 64-bit word, low half first.
 */
public final class RandomKernels {
  private RandomKernels() {}

  private static final double UNIT = 0x1p-53;
  private static final double HALF_PI = 0x1.921fb54442d18p0;

  /** {@code erf(sqrt(2))}, the chance to lie within two deviations. */
  private static final double WITHIN_TWO = 0x1.e8b4307d3627ap-1;

  /** Uniform in [low, high), on 2^24 points; low everywhere if the two are equal. */
  public static void uniform(
      RandomFills fills,
      float[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      float low,
      float high) {
    fills.uniform(target, from, to, Philox.of(seed, stream, step), low, high);
  }

  /**
   * 1 with a probability, else 0.
   *
   * @param probability in [0, 1], rounded to a multiple of 2^-32; 0 gives only 0 and 1 only 1
   */
  public static void bernoulli(
      RandomFills fills,
      float[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      float probability) {
    long threshold = Math.round(Math.clamp((double) probability, 0.0, 1.0) * 0x1p32);
    fills.bernoulli(target, from, to, Philox.of(seed, stream, step), threshold);
  }

  /**
   * {@code mean + stddev * z}, z standard normal (at most 5.77 in magnitude: the radius has 24
   * bits).
   */
  public static void normal(
      RandomFills fills,
      float[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      float mean,
      float stddev) {
    fills.normal(target, from, to, Philox.of(seed, stream, step), mean, stddev);
  }

  /**
   * {@code mean + stddev * z}, z standard normal, given that {@code |z| < 2}: as in Keras, whose
   * standard deviation is also that before truncation (z itself has 0.8796).
   */
  public static void truncatedNormal(
      RandomFills fills,
      float[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      float mean,
      float stddev) {
    fills.truncatedNormal(target, from, to, Philox.of(seed, stream, step), mean, stddev);
  }

  /** Uniform in [low, high), on 2^53 points; low everywhere if the two are equal. */
  public static void uniform(
      double[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      double low,
      double high) {
    Philox philox = Philox.of(seed, stream, step);
    double limit = high > low ? Math.nextDown(high) : low;
    double unit = (high - low) * UNIT;
    for (long i = from; i < to; i++) {
      target[(int) i] = Math.min(limit, Math.fma((double) word(philox, i), unit, low));
    }
  }

  /**
   * {@code mean + stddev * z}, z standard normal, by Box and Muller: elements 2 j and 2 j + 1 are
   * {@code r cos t} and {@code r sin t}.
   */
  public static void normal(
      double[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      double mean,
      double stddev) {
    Philox philox = Philox.of(seed, stream, step);
    for (long i = from; i < to; i++) {
      long pair = i & ~1L;
      double radius = Math.sqrt(-2.0 * DoubleMath.log((double) (word(philox, pair) + 1) * UNIT));
      // A turn is four quarters; the quarters are reduced exactly.
      double quarters = (double) word(philox, pair + 1) * (4.0 * UNIT);
      double quadrant = Math.rint(quarters);
      double angle = (quarters - quadrant) * HALF_PI;
      int first = (int) quadrant + ((i & 1) == 0 ? 1 : 0);
      target[(int) i] = Math.fma(radius * DoubleMath.sinReduced(angle, 0.0, first), stddev, mean);
    }
  }

  /** {@code mean + stddev * z}, z standard normal within (-2, 2); z is good to 2^-45. */
  public static void truncatedNormal(
      double[] target,
      long from,
      long to,
      long seed,
      int stream,
      long step,
      double mean,
      double stddev) {
    Philox philox = Philox.of(seed, stream, step);
    for (long i = from; i < to; i++) {
      double p = (double) (2 * word(philox, i) + 1 - (1L << 53)) * (UNIT * WITHIN_TWO);
      target[(int) i] = Math.fma(quantile(p), stddev, mean);
    }
  }

  /**
   * The numbers 0 to n - 1 in random order, every order equally likely: Fisher and Yates's shuffle
   * (Durstenfeld 1964), its draws unbiased by Lemire's rejection ("Fast random integer generation
   * in an interval", 2019). The words are taken in order, from block 0 on.
   */
  public static void permutation(int[] target, int n, long seed, int stream, long step) {
    for (int i = 0; i < n; i++) {
      target[i] = i;
    }
    Philox philox = Philox.of(seed, stream, step);
    long drawn = 0;
    for (int i = n - 1; i > 0; i--) {
      long range = i + 1L;
      long product = range * Integer.toUnsignedLong(nextWord(philox, drawn++));
      if ((product & 0xffff_ffffL) < range) {
        long biased = (1L << 32) % range;
        while ((product & 0xffff_ffffL) < biased) {
          product = range * Integer.toUnsignedLong(nextWord(philox, drawn++));
        }
      }
      int j = (int) (product >>> 32);
      int swapped = target[i];
      target[i] = target[j];
      target[j] = swapped;
    }
  }

  /**
   * Word {@code index mod 4} of block {@code index / 4}, for indices that only ever grow by one.
   */
  private static int nextWord(Philox philox, long index) {
    return switch ((int) (index & 3)) {
      case 0 -> {
        philox.generate(index >> 2);
        yield philox.x0();
      }
      case 1 -> philox.x1();
      case 2 -> philox.x2();
      default -> philox.x3();
    };
  }

  /** The top 53 bits of 64-bit word i. */
  private static long word(Philox philox, long i) {
    philox.generate(i >> 1);
    boolean even = (i & 1) == 0;
    long low = Integer.toUnsignedLong(even ? philox.x0() : philox.x2());
    long high = even ? philox.x1() : philox.x3();
    return ((high << 32) | low) >>> 11;
  }

  /** The normal quantile of (1 + p) / 2 for |p| below erf(sqrt(2)), as in RandomFunctions. */
  private static double quantile(double p) {
    double d = Math.fma(-p, p, 1.0);
    double n = Math.fma(0x1.82ddbe4efd77p12, d, 0x1.00e855251f427p18);
    n = Math.fma(n, d, 0x1.659d08c320f6cp20);
    n = Math.fma(n, d, 0x1.1d530574251bdp21);
    n = Math.fma(n, d, 0x1.4838013e65a2ap20);
    n = Math.fma(n, d, 0x1.237f93cb0012cp18);
    n = Math.fma(n, d, 0x1.83284fab80502p14);
    n = Math.fma(n, d, 0x1.484b5e27555b6p9);
    n = Math.fma(n, d, 0x1.bb197895d82dcp1);
    double m = Math.fma(0x1.74d2a7c3eb858p14, d, 0x1.881929afe3361p18);
    m = Math.fma(m, d, 0x1.6251adba5bb5cp20);
    m = Math.fma(m, d, 0x1.a8a726b169d54p20);
    m = Math.fma(m, d, 0x1.88a7933154250p19);
    m = Math.fma(m, d, 0x1.228af758c59b6p17);
    m = Math.fma(m, d, 0x1.46f10ee08081dp13);
    m = Math.fma(m, d, 0x1.d4d62fcd2636cp7);
    m = Math.fma(m, d, 1.0);
    return p * n / m;
  }
}
