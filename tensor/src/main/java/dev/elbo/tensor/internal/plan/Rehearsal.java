package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Node;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs of a plan that is to take the place of another one, until the virtual machine has compiled
 * it: until it is the faster of the two. After each run it rests, because mostly what is to be
 * compiled waits for the compiler, and the processors are wanted elsewhere.
 */
final class Rehearsal {
  /** By how many more runs shorter than those of the present plan than longer. */
  private static final int ENOUGH = 5;

  /** Without a run that is shorter by a tenth, for so long, nothing more is to be gained. */
  private static final long NOTHING_GAINED_NANOS = 5_000_000_000L;

  private static final double SHORTER = 0.9;

  private static final long LONGEST_REST_NANOS = 100_000_000;

  private final Plan next;
  private final Plan present;
  private final List<Node> arguments;

  /**
   * @param arguments evaluated, of any call
   */
  Rehearsal(Plan next, Plan present, List<Node> arguments) {
    this.next = next;
    this.present = present;
    this.arguments = arguments;
  }

  void run() {
    Frame stage = next.stage(arguments);
    Frame presentStage = present.stage(arguments);
    try {
      run(stage, presentStage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      // Some step takes no zeros; it will be compiled in use.
      return;
    }
    next.clear(stage);
    present.clear(presentStage);
  }

  private void run(Frame stage, Frame presentStage) throws InterruptedException {
    long shortest = Long.MAX_VALUE;
    long gained = System.nanoTime();
    int lead = 0;
    while (lead < ENOUGH && System.nanoTime() - gained < NOTHING_GAINED_NANOS) {
      long nanos = next.rehearse(stage);
      if (nanos < SHORTER * shortest) {
        shortest = nanos;
        gained = System.nanoTime();
      }
      lead += nanos < present.rehearse(presentStage) ? 1 : lead > 0 ? -1 : 0;
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos, LONGEST_REST_NANOS));
    }
  }
}
