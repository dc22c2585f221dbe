package dev.elbo.tensor.internal.plan;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs of a plan that is to take the place of another one, in turn with runs of that, until the
 * virtual machine has compiled it: until it is mostly the faster of the two, or nothing more is to
 * be gained. After each turn it rests for as long, but no longer than half a second: mostly what is
 * to be compiled waits for the compiler, and the processors are wanted elsewhere.
 */
final class Rehearsal {
  /** Turns that are looked at, the last ones. */
  private static final int LAST = 10;

  /** In so many of them the next plan has to be the faster one. */
  private static final int ENOUGH = 8;

  /** A run that is shorter than all before by a tenth has gained something. */
  private static final double SHORTER = 0.9;

  private static final Duration NOTHING_GAINED = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration LONGEST_REST = Duration.ofMillis(500);

  private final LongSupplier next;
  private final LongSupplier present;
  private final Duration nothingGained;
  private final Duration longest;

  /**
   * @param next runs the plan that is rehearsed once; the nanoseconds that it took
   * @param present the same of the plan whose place it is to take
   */
  Rehearsal(LongSupplier next, LongSupplier present) {
    this(next, present, NOTHING_GAINED, LONGEST);
  }

  /**
   * @param nothingGained how long to go on without a run that is shorter than all before
   * @param longest how long to go on at most
   */
  Rehearsal(LongSupplier next, LongSupplier present, Duration nothingGained, Duration longest) {
    this.next = next;
    this.present = present;
    this.nothingGained = nothingGained;
    this.longest = longest;
  }

  /** Whether the plan is faster in the end. */
  boolean run() throws InterruptedException {
    long begin = System.nanoTime();
    long gained = begin;
    long shortest = Long.MAX_VALUE;
    int faster = 0;
    for (int turn = 0; Integer.bitCount(faster) < ENOUGH; turn++) {
      // Whichever comes second finds the arguments in the caches.
      boolean presentFirst = turn % 2 == 1;
      long before = presentFirst ? present.getAsLong() : 0;
      long nanos = next.getAsLong();
      long presentNanos = presentFirst ? before : present.getAsLong();
      long now = System.nanoTime();
      if (nanos < SHORTER * shortest) {
        shortest = nanos;
        gained = now;
      }
      if (now - gained > nothingGained.toNanos() || now - begin > longest.toNanos()) {
        return false;
      }
      faster = (faster << 1 | (nanos < presentNanos ? 1 : 0)) & ((1 << LAST) - 1);
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos + presentNanos, LONGEST_REST.toNanos()));
    }
    return true;
  }
}
