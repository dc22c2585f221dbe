package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /** Whether the fastest plan has been asked for. */
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Whether the plan whose loops are classes has been made; only the background looks. */
  private volatile boolean hasClasses;

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
      Plan soon = source.plan(PlanOptions.FIRST);
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
    return isWarm() ? now.call(arguments) : callWhileWarming(now, arguments, /* lent= */ false);
  }

  /** The same where the array of the first argument is the caller's again afterwards. */
  public List<Node> callOnLent(List<Node> arguments) {
    Plan now = plan;
    return isWarm() ? now.call(arguments) : callWhileWarming(now, arguments, /* lent= */ true);
  }

  private boolean isWarm() {
    return source == null && !isCold.getAsBoolean();
  }

  private static List<Node> withFirstCopied(List<Node> arguments) {
    Node lent = arguments.getFirst();
    Object array = Objects.requireNonNull(lent.value());
    List<Node> kept = new ArrayList<>(arguments);
    kept.set(0, Node.ofValue(Buffers.copy(array), lent.shape(), lent.dtype()));
    return kept;
  }

  private List<Node> callWhileWarming(Plan now, List<Node> arguments, boolean lent) {
    long start = System.nanoTime();
    List<Node> results = now.call(arguments);
    WarmUp.spent(System.nanoTime() - start);
    if (source != null) {
      prepare(arguments, lent);
    }
    return results;
  }

  /** Has the next plan made. */
  private void prepare(List<Node> arguments, boolean lent) {
    if (calls.incrementAndGet() == OFTEN) {
      WarmUp.inBackground(this::makeClasses);
    }
    if (!isCold.getAsBoolean() && asked.compareAndSet(false, true)) {
      List<Node> kept = lent ? withFirstCopied(arguments) : arguments;
      WarmUp.inBackground(() -> makeFastest(kept));
    }
  }

  private void makeClasses() {
    Source waiting = source;
    if (waiting != null && !hasClasses) {
      hasClasses = true;
      plan = waiting.plan(PlanOptions.MEANWHILE);
    }
  }

  private void makeFastest(List<Node> arguments) {
    try {
      makeClasses();
      Plan fastest = Objects.requireNonNull(source).plan(PlanOptions.DEFAULT);
      try {
        rehearse(fastest, plan, arguments);
      } finally {
        plan = fastest;
      }
    } finally {
      source = null;
    }
  }

  private static void rehearse(Plan fastest, Plan present, List<Node> arguments) {
    Frame stage = fastest.stage(arguments);
    Frame presentStage = present.stage(arguments);
    try {
      var _ =
          new Rehearsal(() -> fastest.rehearse(stage), () -> present.rehearse(presentStage)).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      // Some step takes no zeros; it will be compiled in use.
      return;
    }
    fastest.clear(stage);
  }

  /** The plan in use. */
  public Plan plan() {
    return plan;
  }
}
