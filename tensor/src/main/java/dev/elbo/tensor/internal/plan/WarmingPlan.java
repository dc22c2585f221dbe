package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A computation that will run many times: at first by the plan that is soonest at work, then by the
 * one that is fastest. The first needs next to no warming up; meanwhile a thread in the background
 * rehearses the second until the virtual machine has compiled it. Both give the same bits, so
 * nobody can tell which of them has run.
 */
public final class WarmingPlan {
  private volatile Plan plan;

  /** What the fastest plan is to be made of; null once there is one, or one is being rehearsed. */
  private volatile @Nullable Source source;

  /** Nanoseconds of the shortest call so far. */
  private final AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);

  record Source(Trace trace, List<Node> results) {}

  WarmingPlan(Plan plan, @Nullable Source source) {
    this.plan = plan;
    this.source = source;
  }

  /** The plan of a trace that returns some nodes. */
  public static WarmingPlan of(Trace trace, List<Node> results) {
    if (!Kernels.soonestIsBest() && WarmUp.isCold()) {
      Plan soon = Plan.of(trace, results, PlanOptions.ONCE);
      if (soon.cost() <= WarmUp.LITTLE_NANOS) {
        return new WarmingPlan(soon, new Source(trace, List.copyOf(results)));
      }
    }
    return new WarmingPlan(Plan.of(trace, results, PlanOptions.DEFAULT), null);
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
    return source == null && !WarmUp.isCold() ? now.call(arguments) : whileCold(now, arguments);
  }

  private List<Node> whileCold(Plan now, List<Node> arguments) {
    long start = System.nanoTime();
    List<Node> results = now.call(arguments);
    long nanos = System.nanoTime() - start;
    WarmUp.spent(nanos);
    var _ = shortest.accumulateAndGet(nanos, Math::min);
    if (!WarmUp.isCold()) {
      @Nullable Source taken = takeSource();
      if (taken != null) {
        WarmUp.inBackground(() -> {
          Plan fast = Plan.of(taken.trace, taken.results, PlanOptions.DEFAULT);
          try {
            fast.rehearse(arguments, shortest.get());
          } finally {
            plan = fast;
          }
        });
      }
    }
    return results;
  }

  private synchronized @Nullable Source takeSource() {
    Source taken = source;
    source = null;
    return taken;
  }

  /** The plan in use. */
  public Plan plan() {
    return plan;
  }
}
