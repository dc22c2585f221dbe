package dev.elbo.bench;

import java.time.Duration;
import java.util.Collection;

/**
 * Waits for contenders to come to rest. A native library's threads go on spinning for up to a fifth
 * of a second after their work, and what runs meanwhile runs on one core less.
 */
final class Rest {
  /** A multiple of the 10 ms to which systems know a process's time. */
  private static final Duration WINDOW = Duration.ofMillis(50);

  /** What the wait itself and a garbage collector's look around may take of a window. */
  private static final Duration AT_REST = Duration.ofMillis(10);

  private static final int MOST_WINDOWS = 40;

  private Rest() {}

  /** Returns once the processes computed next to nothing for a moment, or after two seconds. */
  static void await(Collection<PeerProcess> processes) {
    Duration before = time(processes);
    for (int i = 0; i < MOST_WINDOWS; i++) {
      try {
        Thread.sleep(WINDOW);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Duration now = time(processes);
      if (now.minus(before).compareTo(AT_REST) <= 0) {
        return;
      }
      before = now;
    }
  }

  private static Duration time(Collection<PeerProcess> processes) {
    return processes.stream().map(PeerProcess::time).reduce(Duration.ZERO, Duration::plus);
  }
}
