package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products whose chains pass from thread to thread give the bits of those that stay with one. */
class RelayTest {
  private static final Function<List<Tensor>, List<Tensor>> LAYER =
      a -> {
        Tensor x = a.get(0).gather(a.get(1), 0);
        Tensor y = x.matmul(a.get(2)).add(a.get(3)).relu();
        Tensor kept = Random.bernoulli(y.shape(), 0.8).key(a.get(4));
        return List.of(y.multiply(kept), x.sum(0));
      };

  private static List<Tensor> arguments(int batch, int inputs, int outputs) {
    return List.of(
        Random.normal(Shape.of(300, inputs)).seed(1).evaluate(),
        Random.uniform(Shape.of(batch)).range(0, 300).seed(2).cast(DType.INT32).evaluate(),
        Random.normal(Shape.of(inputs, outputs)).seed(3).evaluate(),
        Random.normal(Shape.of(outputs)).seed(4).evaluate(),
        SeedGenerator.key(5, 6));
  }

  @Test
  void aProductTakesTheStepsBeforeItAlong() {
    Plan plan = Plans.of(LAYER, arguments(32, 784, 128), PlanOptions.DEFAULT);
    assertThat(plan.toString())
        .containsPattern("hand in hand: [^\\n]*gather [^\\n]*randomBernoulli [^\\n]*matMul ");
  }

  @ParameterizedTest
  @CsvSource({
    "32, 784, 128",
    "128, 784, 128",
    "33, 785, 127",
    "17, 1601, 65",
    "150, 257, 300",
    "16, 3000, 33"
  })
  void bitsOfAnyShapeOnAnyTeam(int batch, int inputs, int outputs) {
    List<Tensor> arguments = arguments(batch, inputs, outputs);
    List<Tensor> expected = Plans.call(Plans.of(LAYER, arguments, PlanOptions.ORACLE), arguments);
    Plan plan = Plans.of(LAYER, arguments, PlanOptions.DEFAULT);
    for (int threads : new int[] {1, 2, 3, 4, 7}) {
      try (Team team = Team.of(threads)) {
        for (int call = 0; call < 20; call++) {
          List<Tensor> actual =
              plan.call(Plans.nodes(arguments), team).stream().map(Tensor::of).toList();
          Plans.assertSameBits(threads + " threads, call " + call, actual, expected);
        }
      }
    }
  }

  /** Nobody waits for ever for a chunk that has failed, and the next call is as good as any. */
  @Test
  void aFailureEndsTheCall() {
    List<Tensor> good = arguments(32, 784, 128);
    List<Tensor> bad =
        List.of(
            good.get(0),
            good.get(1).multiply(Tensor.of(300)).evaluate(),
            good.get(2),
            good.get(3),
            good.get(4));
    Plan plan = Plans.of(LAYER, good, PlanOptions.DEFAULT);
    try (Team team = Team.of(2)) {
      List<Tensor> expected = plan.call(Plans.nodes(good), team).stream().map(Tensor::of).toList();
      for (int call = 0; call < 50; call++) {
        assertThatThrownBy(() -> plan.call(Plans.nodes(bad), team))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining("out of range for axis 0 of shape (300, 784)");
        List<Tensor> actual = plan.call(Plans.nodes(good), team).stream().map(Tensor::of).toList();
        Plans.assertSameBits("after a failure", actual, expected);
      }
    }
  }

  /** Of two steps that fail at the same time the first is named, whoever was faster. */
  @Test
  void theFirstFailureInOrderIsReported() {
    List<Tensor> some = arguments(32, 784, 128);
    Function<List<Tensor>, List<Tensor>> function =
        a -> {
          Tensor early = a.get(3).gather(a.get(1).add(Tensor.of(1000)), 0);
          return List.of(
              early, a.get(0).gather(a.get(1).add(Tensor.of(-1000)), 0).matmul(a.get(2)));
        };
    Plan plan = Plans.of(function, some, PlanOptions.DEFAULT);
    assertThat(plan.toString())
        .containsPattern("hand in hand: [^\\n]*gather [^\\n]*gather [^\\n]*mat");
    try (Team team = Team.of(2)) {
      for (int call = 0; call < 200; call++) {
        assertThatThrownBy(() -> plan.call(Plans.nodes(some), team))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining("out of range for axis 0 of shape (128,)");
      }
    }
  }
}
