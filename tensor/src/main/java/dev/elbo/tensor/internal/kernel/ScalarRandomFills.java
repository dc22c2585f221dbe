package dev.elbo.tensor.internal.kernel;

import static java.lang.Math.fma;

/** {@link RandomFills} block by block: the fallback, and the oracle of the vector kernels. */
public final class ScalarRandomFills implements RandomFills {
  public ScalarRandomFills() {}

  @Override
  public void uniform(float[] target, long from, long to, Philox philox, float low, float high) {
    float range = high - low;
    float limit = RandomFunctions.uniformLimit(low, high);
    long end = lastBlock(from, to);
    for (long block = firstBlock(from); block < end; block++) {
      philox.generate(block);
      long i = firstElement(block);
      put(target, i, from, to, RandomFunctions.uniform(philox.x0(), low, range, limit));
      put(target, i + 16, from, to, RandomFunctions.uniform(philox.x1(), low, range, limit));
      put(target, i + 32, from, to, RandomFunctions.uniform(philox.x2(), low, range, limit));
      put(target, i + 48, from, to, RandomFunctions.uniform(philox.x3(), low, range, limit));
    }
  }

  @Override
  public void bernoulli(float[] target, long from, long to, Philox philox, long threshold) {
    long end = lastBlock(from, to);
    for (long block = firstBlock(from); block < end; block++) {
      philox.generate(block);
      long i = firstElement(block);
      put(target, i, from, to, below(philox.x0(), threshold));
      put(target, i + 16, from, to, below(philox.x1(), threshold));
      put(target, i + 32, from, to, below(philox.x2(), threshold));
      put(target, i + 48, from, to, below(philox.x3(), threshold));
    }
  }

  @Override
  public void normal(float[] target, long from, long to, Philox philox, float mean, float stddev) {
    long end = lastBlock(from, to);
    for (long block = firstBlock(from); block < end; block++) {
      philox.generate(block);
      long i = firstElement(block);
      float r0 = RandomFunctions.radius(philox.x0());
      float r1 = RandomFunctions.radius(philox.x1());
      float c0 = RandomFunctions.cosOfTurn(philox.x2());
      float c1 = RandomFunctions.cosOfTurn(philox.x3());
      float s0 = RandomFunctions.sinOfTurn(philox.x2());
      float s1 = RandomFunctions.sinOfTurn(philox.x3());
      put(target, i, from, to, fma(r0 * c0, stddev, mean));
      put(target, i + 16, from, to, fma(r1 * c1, stddev, mean));
      put(target, i + 32, from, to, fma(r0 * s0, stddev, mean));
      put(target, i + 48, from, to, fma(r1 * s1, stddev, mean));
    }
  }

  @Override
  public void truncatedNormal(
      float[] target, long from, long to, Philox philox, float mean, float stddev) {
    long end = lastBlock(from, to);
    for (long block = firstBlock(from); block < end; block++) {
      philox.generate(block);
      long i = firstElement(block);
      put(target, i, from, to, fma(RandomFunctions.truncatedNormal(philox.x0()), stddev, mean));
      put(
          target,
          i + 16,
          from,
          to,
          fma(RandomFunctions.truncatedNormal(philox.x1()), stddev, mean));
      put(
          target,
          i + 32,
          from,
          to,
          fma(RandomFunctions.truncatedNormal(philox.x2()), stddev, mean));
      put(
          target,
          i + 48,
          from,
          to,
          fma(RandomFunctions.truncatedNormal(philox.x3()), stddev, mean));
    }
  }

  private static float below(int word, long threshold) {
    return Integer.toUnsignedLong(word) < threshold ? 1f : 0f;
  }

  /** The first block of the group of an element. */
  private static long firstBlock(long element) {
    return (element >> 6) << 4;
  }

  /** One past the last block of the group of the last element. */
  private static long lastBlock(long from, long to) {
    return from < to ? firstBlock(to - 1) + 16 : firstBlock(from);
  }

  /** The element that takes word 0 of a block. */
  private static long firstElement(long block) {
    return ((block >> 4) << 6) + (block & 15);
  }

  private static void put(float[] target, long i, long from, long to, float value) {
    if (i >= from && i < to) {
      target[(int) i] = value;
    }
  }
}
