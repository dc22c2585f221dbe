package dev.elbo.tensor.internal.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The chunks of a task that nobody has claimed, a range for each thread of a team.
 *
 * <p>Chunks are numbered on from task to task, so that a word that was read in one task is not met
 * again in a later one and a late thread's claim fails.
 */
final class Shares {
  /** Distance of two words in the array: threads that claim do not share a cache line. */
  private static final int STRIDE = 16;

  private final int size;

  /** For each share the first chunk in the lower half, the end in the upper. */
  private final AtomicLongArray words;

  Shares(int size) {
    this.size = size;
    words = new AtomicLongArray((size + 1) * STRIDE);
  }

  /** Deals chunks out, each share from {@link Team#firstChunk} on. */
  void deal(int first, int chunks) {
    for (int share = size - 1; share >= 0; share--) {
      words.set(
          (share + 1) * STRIDE,
          word(
              first + Team.firstChunk(share, size, chunks),
              first + Team.firstChunk(share + 1, size, chunks)));
    }
  }

  boolean isEmpty() {
    for (int share = 0; share < size; share++) {
      if (!isEmpty(get(share))) {
        return false;
      }
    }
    return true;
  }

  long get(int share) {
    return words.get((share + 1) * STRIDE);
  }

  /** Whether the share was still as it has been seen, and now is the other. */
  boolean replace(int share, long seen, long next) {
    return words.compareAndSet((share + 1) * STRIDE, seen, next);
  }

  static boolean isEmpty(long word) {
    return length(word) == 0;
  }

  static int length(long word) {
    return end(word) - first(word);
  }

  static int first(long word) {
    return (int) word;
  }

  static int last(long word) {
    return end(word) - 1;
  }

  static long withoutFirst(long word) {
    return word(first(word) + 1, end(word));
  }

  static long withoutLast(long word) {
    return word(first(word), end(word) - 1);
  }

  static long withoutAny(long word) {
    return word(first(word), first(word));
  }

  private static int end(long word) {
    return (int) (word >>> 32);
  }

  private static long word(int first, int end) {
    return ((long) end << 32) | (first & 0xFFFFFFFFL);
  }
}
