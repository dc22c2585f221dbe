package dev.elbo.tensor.internal.plan;

/**
 * The chunks of a chain that one thread has before it and that wait for nothing any more. The
 * thread takes what came last; others, who have nothing left of their own, what has been there
 * longest, which is furthest from what the thread has in its cache.
 */
final class Ready {
  private final int[] chunks;
  private int from;
  private int to;

  /** Whether there is nothing, for those who only look. */
  private volatile boolean empty = true;

  /**
   * Makes room.
   *
   * @param most chunks that a run may put here, taken or not
   */
  Ready(int most) {
    chunks = new int[most];
  }

  /** Begins anew with chunks {@code first} to {@code end}, the first of them to be taken first. */
  synchronized void begin(int first, int end) {
    from = 0;
    to = 0;
    for (int chunk = end - 1; chunk >= first; chunk--) {
      chunks[to++] = chunk;
    }
    empty = to == 0;
  }

  synchronized void put(int chunk) {
    chunks[to++] = chunk;
    empty = false;
  }

  /** The chunk that came last, or -1. */
  int takeLast() {
    return empty ? -1 : take(/* last= */ true);
  }

  /** The chunk that has been here longest, or -1. */
  int takeFirst() {
    return empty ? -1 : take(/* last= */ false);
  }

  private synchronized int take(boolean last) {
    if (from == to) {
      return -1;
    }
    int chunk = last ? chunks[--to] : chunks[from++];
    empty = from == to;
    return chunk;
  }
}
