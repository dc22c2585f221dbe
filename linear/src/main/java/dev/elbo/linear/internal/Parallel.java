package dev.elbo.linear.internal;

import dev.elbo.tensor.internal.kernel.Team;
import java.util.function.IntConsumer;

/** Loops whose turns do not depend on each other, on all threads where that is worth it. */
public final class Parallel {
  /** Fewer operations than this are done before another thread is awake. */
  private static final long LEAST = 100_000;

  /** Operations of one chunk, of which a thread takes one after the other. */
  private static final long CHUNK = 50_000;

  private Parallel() {}

  /**
   * Calls the body for 0, ..., count - 1.
   *
   * @param cost operations of one turn, about
   */
  public static void each(int count, long cost, IntConsumer body) {
    if (count * cost < LEAST) {
      for (int i = 0; i < count; i++) {
        body.accept(i);
      }
      return;
    }
    int turns = Math.clamp(CHUNK / Math.max(cost, 1), 1, count);
    int chunks = (count + turns - 1) / turns;
    Team.shared()
        .run(
            chunks,
            (chunk, slot) -> {
              int to = Math.min(count, (chunk + 1) * turns);
              for (int i = chunk * turns; i < to; i++) {
                body.accept(i);
              }
            });
  }
}
