package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation that will run many times: at first by the plan that is soonest at work, after some
 * calls by one whose loops are classes, and at last by the one that is fastest. The first two need
 * next to no warming up; meanwhile a thread in the background rehearses the third until the virtual
 * machine has compiled it. All give the same bits, so nobody can tell which of them has run.
 */
public final class WarmingPlan {
  /** Who calls so often will call again. */
  private static final int OFTEN = 8;

  private final BooleanSupplier isCold;

  private volatile Plan plan;

  /** What other plans are to be made of; null once the last one is at work. */
  private volatile @Nullable Source source;

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean rehearses = new AtomicBoolean();

  record Source(Trace trace, List<Node> results) {
    Plan plan(PlanOptions options) {
      return Plan.of(trace, results, options);
    }
  }

  /**
   * @param source what other plans are to be made of, if this one is not to stay
   * @param isCold whether the process may end before it has made up for a warm-up
   */
  WarmingPlan(Plan plan, @Nullable Source source, BooleanSupplier isCold) {
    this.plan = plan;
    this.source = source;
    this.isCold = isCold;
  }

  /** The plan of a trace that returns some nodes. */
  public static WarmingPlan of(Trace trace, List<Node> results) {
    Source source = new Source(trace, List.copyOf(results));
    if (!Kernels.soonestIsBest() && WarmUp.isCold()) {
      Plan soon = source.plan(PlanOptions.ONCE);
      if (soon.cost() <= WarmUp.LITTLE_NANOS) {
        return new WarmingPlan(soon, source, WarmUp::isCold);
      }
    }
    return new WarmingPlan(source.plan(PlanOptions.DEFAULT), null, WarmUp::isCold);
  }

  /** Runs what will not run again on evaluated arguments. */
  public static List<Node> callOnce(Trace trace, List<Node> results, List<Node> arguments) {
    long start = System.nanoTime();
    List<Node> values = Plan.of(trace, results, PlanOptions.ONCE).call(arguments);
    WarmUp.spent(System.nanoTime() - start);
    return values;
  }

  /** Runs the plan on evaluated arguments and returns its results. */
  public List<Node> call(List<Node> arguments) {
    Plan now = plan;
    return source == null && !isCold.getAsBoolean()
        ? now.call(arguments)
        : whileCold(now, arguments);
  }

  private List<Node> whileCold(Plan now, List<Node> arguments) {
    long start = System.nanoTime();
    List<Node> results = now.call(arguments);
    WarmUp.spent(System.nanoTime() - start);
    @Nullable Source waiting = source;
    if (waiting != null) {
      prepare(waiting, arguments);
    }
    return results;
  }

  /** Has the next plan made. */
  private void prepare(Source waiting, List<Node> arguments) {
    if (calls.incrementAndGet() == OFTEN) {
      WarmUp.inBackground(() -> plan = waiting.plan(PlanOptions.MEANWHILE));
    }
    if (!isCold.getAsBoolean() && rehearses.compareAndSet(false, true)) {
      WarmUp.inBackground(() -> {
        Plan fast = waiting.plan(PlanOptions.DEFAULT);
        try {
          new Rehearsal(fast, plan, arguments).run();
        } finally {
          plan = fast;
          source = null;
        }
      });
    }
  }

  /** The plan in use. */
  public Plan plan() {
    return plan;
  }
}
