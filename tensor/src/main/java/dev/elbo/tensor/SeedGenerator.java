package dev.elbo.tensor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A reproducible sequence of random keys: draw i of two generators with one seed is the same. Give
 * it to {@link Random} with {@code from(generator)}.
 */
public final class SeedGenerator {
  private final long seed;
  private final AtomicLong step;

  private SeedGenerator(long seed, long step) {
    this.seed = seed;
    this.step = new AtomicLong(step);
  }

  /** A generator at the start of its sequence. */
  public static SeedGenerator of(long seed) {
    return new SeedGenerator(seed, 0);
  }

  /** A generator that has already given {@code step} keys, to resume where another stopped. */
  public static SeedGenerator of(long seed, long step) {
    return new SeedGenerator(seed, step);
  }

  public long seed() {
    return seed;
  }

  /** How many keys have been drawn. */
  public long step() {
    return step.get();
  }

  /** The next key. */
  public Tensor next() {
    return key(seed, step.getAndIncrement());
  }

  /** The key of a seed and a step, int32 of shape (4,). */
  public static Tensor key(long seed, long step) {
    return Tensor.of(
        new int[] {(int) seed, (int) (seed >>> 32), (int) step, (int) (step >>> 32)}, Shape.of(4));
  }
}
