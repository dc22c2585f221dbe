package dev.elbo.tensor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code key(seed, 0), key(seed, 1), ...}: a reproducible sequence of random keys. Draw i of two
 * generators with one seed is the same. Give it to {@link Random} with {@code from(generator)}.
 *
 * <p>Safe for use by several threads; which of them gets which key is then up to them.
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

  /**
   * A generator that has already given {@code step} keys, to resume where another stopped.
   *
   * @param step keys given so far, as {@link #step()} returned it
   */
  public static SeedGenerator of(long seed, long step) {
    return new SeedGenerator(seed, step);
  }

  /** The seed that it was made with. */
  public long seed() {
    return seed;
  }

  /** How many keys have been drawn, those of a generator that was resumed included. */
  public long step() {
    return step.get();
  }

  /** {@code key(seed, step)}, after which the step is one more: int32 of shape (4,). */
  public Tensor next() {
    return key(seed, step.getAndIncrement());
  }

  /** The halves of a seed and a step, low before high: int32 of shape (4,). */
  public static Tensor key(long seed, long step) {
    return Tensor.of(
        new int[] {(int) seed, (int) (seed >>> 32), (int) step, (int) (step >>> 32)}, Shape.of(4));
  }
}
