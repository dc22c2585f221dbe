package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Team;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a plan holds on to between calls. */
class FramesTest {

  private static boolean collected(WeakReference<?> reference) {
    // System.gc is a request; a full collection serves it in every collector of the JDK.
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() == null;
  }

  private static WeakReference<Object> arrayOf(Node node) {
    return new WeakReference<>(node.value());
  }

  /** Loops, tiles, reductions, kernels and their epilogues all see the argument. */
  private static List<Tensor> manyKinds(Tensor x, Tensor w, Tensor key) {
    Tensor y = x.matmul(w).add(x).relu();
    Tensor mask = Random.bernoulli(x.shape(), 0.5).key(key);
    return List.of(x.add(1), x.tanh().sum(0), x.transpose().add(x), y, mask.multiply(x), x);
  }

  @Test
  void aPlanHoldsNeitherItsArgumentsNorItsResults() {
    Variable w = Variable.of("w", Random.normal(Shape.of(40, 40)).seed(1));
    List<Tensor> first =
        List.of(Random.normal(Shape.of(40, 40)).seed(2).evaluate(), SeedGenerator.key(1, 1));
    Plan plan = Plans.of(x -> manyKinds(x.get(0), w.value(), x.get(1)), first, PlanOptions.DEFAULT);
    List<WeakReference<Object>> references = new ArrayList<>();
    try (Team team = Team.of(2)) {
      for (int call = 0; call < 3; call++) {
        Tensor x = Random.normal(Shape.of(40, 40)).seed(call).evaluate();
        List<Node> arguments = Plans.nodes(List.of(x, SeedGenerator.key(1, call)));
        arguments.forEach(node -> references.add(arrayOf(node)));
        plan.call(arguments, team).forEach(node -> references.add(arrayOf(node)));
      }
    }
    assertThat(plan.idleFrames()).isEqualTo(1);
    for (int i = 0; i < references.size(); i++) {
      assertThat(collected(references.get(i))).as("array %d of 24", i).isTrue();
    }
    assertThat(plan.steps()).isPositive();
  }

  @Test
  void aPlanHoldsNoContentsThatAVariableHasLetGo() {
    Variable w = Variable.of("w", Random.normal(Shape.of(40, 40)).seed(1));
    List<Tensor> arguments = List.of(Tensor.of(1f));
    Plan plan = Plans.of(x -> List.of(w.value().add(x.getFirst())), arguments, PlanOptions.DEFAULT);
    Plans.call(plan, arguments);
    WeakReference<Object> contents = new WeakReference<>(w.cell().array());
    w.assign(Tensor.zeros(Shape.of(40, 40)));
    assertThat(collected(contents)).isTrue();
    assertThat(Plans.call(plan, arguments).getFirst().toFloats()).containsOnly(1f);
  }

  /** Adds 1 to a variable. */
  private static Plan increment(Variable w) {
    return Plans.of(
        x -> {
          w.assign(w.value().add(1));
          return List.of();
        },
        List.of(),
        PlanOptions.DEFAULT);
  }

  @Test
  void aVariableThatAPlanHasReadIsUpdatedInPlace() {
    Variable w = Variable.of("w", Tensor.zeros(Shape.of(40)));
    Plan reading = Plans.of(x -> List.of(w.value().sum()), List.of(), PlanOptions.DEFAULT);
    Plan increment = increment(w);
    Object array = w.cell().array();
    for (int i = 0; i < 3; i++) {
      assertThat(Plans.call(reading, List.of()).getFirst().item()).isEqualTo(40.0 * i);
      Plans.call(increment, List.of());
    }
    assertThat(w.cell().array()).isSameAs(array);
  }

  @Test
  void aVariableThatAPlanReadsNowIsUpdatedInACopy() {
    Variable w = Variable.of("w", Tensor.zeros(Shape.of(2)));
    Plan increment = increment(w);
    Cell.Version version = w.cell().lease();
    Plans.call(increment, List.of());
    assertThat((float[]) version.array()).containsExactly(0, 0);
    assertThat(w.value().toFloats()).containsExactly(1, 1);
    version.release();
    assertThat(w.cell().array()).isNotSameAs(version.array());
  }

  @Test
  void aCallThatFailsHoldsNoVariable() {
    Variable w = Variable.of("w", Tensor.zeros(Shape.of(2)));
    Plan failing =
        Plans.of(
            x -> List.of(w.value().gather(x.getFirst())),
            List.of(Tensor.of(0)),
            PlanOptions.DEFAULT);
    Object array = w.cell().array();
    assertThatThrownBy(() -> Plans.call(failing, List.of(Tensor.of(7))));
    Plans.call(increment(w), List.of());
    assertThat(w.cell().array()).isSameAs(array);
  }

  @Test
  void asManyFramesAreKeptAsThereAreThreadsInTheTeam() throws Exception {
    List<Tensor> arguments = List.of(Random.normal(Shape.of(300, 300)).seed(1).evaluate());
    Plan plan =
        Plans.of(
            x -> List.of(x.getFirst().matmul(x.getFirst()).tanh().sum()),
            arguments,
            PlanOptions.DEFAULT);
    List<Node> nodes = Plans.nodes(arguments);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            pool.submit(() -> {
              start.await();
              for (int call = 0; call < 5; call++) {
                plan.call(nodes);
              }
              return null;
            }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
    }
    assertThat(plan.idleFrames()).isBetween(1, Team.shared().size());
  }
}
