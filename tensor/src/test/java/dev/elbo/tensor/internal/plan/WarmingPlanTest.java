package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmingPlanTest {
  private static final Tensor X = Tensor.arange(12).reshape(3, 4).divide(7).evaluate();

  /** A plan on the soonest kernels, in a process that is cold or has run for long enough. */
  private static WarmingPlan warming(Trace trace, List<Node> results, boolean cold) {
    WarmingPlan.Source source = new WarmingPlan.Source(trace, results);
    Plan soon = Kernels.soonest(() -> source.plan(PlanOptions.ONCE));
    return new WarmingPlan(soon, source, () -> cold);
  }

  private static List<Node> sumOfExponentials(Trace trace) {
    return trace.record(() -> {
      Tensor x = Tensor.of(trace.argument(X.shape(), X.dtype()));
      return List.of(x.matmul(x.transpose()).exp().sum().node());
    });
  }

  @Test
  void goesOverToTheFastestPlanWithTheSameResults() {
    Trace trace = new Trace();
    WarmingPlan plan = warming(trace, sumOfExponentials(trace), /* cold= */ false);
    Plan soon = plan.plan();
    float before = value(plan.call(List.of(X.node())));
    awaitBackground();
    assertThat(plan.plan()).isNotSameAs(soon);
    assertThat(value(plan.call(List.of(X.node())))).isEqualTo(before);
  }

  @Test
  void rehearsesWithoutTouchingVariablesOrKeys() {
    Variable counter = Variable.of("counter", Tensor.of(1f));
    Trace trace = new Trace();
    List<Node> results =
        trace.record(() -> {
          counter.assign(counter.value().multiply(2));
          return List.of(counter.value().node());
        });
    WarmingPlan plan = warming(trace, results, /* cold= */ false);
    Plan soon = plan.plan();
    plan.call(List.of());
    awaitBackground();
    assertThat(plan.plan()).isNotSameAs(soon);
    assertThat(counter.value().item()).isEqualTo(2f);
    plan.call(List.of());
    assertThat(counter.value().item()).isEqualTo(4f);
  }

  @Test
  void hasLoopsMadeClassesOnceItIsCalledOften() throws InterruptedException {
    Trace trace = new Trace();
    WarmingPlan plan = warming(trace, sumOfExponentials(trace), /* cold= */ true);
    Plan soon = plan.plan();
    float before = value(plan.call(List.of(X.node())));
    assertThat(plan.plan()).isSameAs(soon);
    for (int i = 0; i < 10; i++) {
      assertThat(value(plan.call(List.of(X.node())))).isEqualTo(before);
    }
    awaitOther(plan, soon);
    Plan meanwhile = plan.plan();
    assertThat(value(plan.call(List.of(X.node())))).isEqualTo(before);
    assertThat(plan.plan()).isSameAs(meanwhile);
  }

  @Test
  void keepsTheFastestPlanWhenClassesWereAskedForLater() {
    Trace trace = new Trace();
    WarmingPlan plan = warming(trace, sumOfExponentials(trace), /* cold= */ false);
    CountDownLatch begin = new CountDownLatch(1);
    CountDownLatch between = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    WarmUp.inBackground(() -> await(begin));
    float before = value(plan.call(List.of(X.node())));
    WarmUp.inBackground(() -> {
      between.countDown();
      await(goOn);
    });
    for (int i = 0; i < 10; i++) {
      assertThat(value(plan.call(List.of(X.node())))).isEqualTo(before);
    }
    begin.countDown();
    await(between);
    Plan fastest = plan.plan();
    goOn.countDown();
    awaitBackground();
    assertThat(plan.plan()).isSameAs(fastest);
    assertThat(value(plan.call(List.of(X.node())))).isEqualTo(before);
  }

  @Test
  void runsOnArraysThatAreLent() {
    Trace trace = new Trace();
    WarmingPlan plan = warming(trace, sumOfExponentials(trace), /* cold= */ false);
    Plan soon = plan.plan();
    float[] lent = X.toFloats();
    float before = value(plan.callOnLent(List.of(Node.ofValue(lent, X.shape(), X.dtype()))));
    Arrays.fill(lent, Float.NaN);
    awaitBackground();
    assertThat(plan.plan()).isNotSameAs(soon);
    float[] again = X.toFloats();
    assertThat(value(plan.callOnLent(List.of(Node.ofValue(again, X.shape(), X.dtype())))))
        .isEqualTo(before);
  }

  @Test
  void staysWithAPlanThatNeedsNoOther() {
    Trace trace = new Trace();
    List<Node> results = trace.record(() -> List.of(Tensor.ones(Shape.of(2)).sum().node()));
    WarmingPlan plan = WarmingPlan.of(trace, results);
    Plan first = plan.plan();
    plan.call(List.of());
    assertThat(plan.plan()).isSameAs(first);
  }

  private static void awaitOther(WarmingPlan plan, Plan first) throws InterruptedException {
    for (int i = 0; i < 1000 && plan.plan() == first; i++) {
      Thread.sleep(20);
    }
    assertThat(plan.plan()).isNotSameAs(first);
  }

  /** Waits until what has been asked of the background by now is done, rehearsals too. */
  private static void awaitBackground() {
    CountDownLatch end = new CountDownLatch(1);
    WarmUp.inBackground(end::countDown);
    await(end);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float value(List<Node> results) {
    return ((float[]) Evaluator.evaluate(results.getFirst()))[0];
  }
}
