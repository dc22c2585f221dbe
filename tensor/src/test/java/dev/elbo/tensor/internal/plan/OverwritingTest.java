package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Loops that overwrite what they read for the last time, and ops that move to their readers. */
class OverwritingTest {
  private static final Convolution SAME = Convolution.of().padding(Padding.SAME);

  private static final List<Tensor> ARGUMENTS =
      List.of(
          Random.normal(Shape.of(9, 12, 13, 32)).seed(1).evaluate(),
          Random.normal(Shape.of(3, 3, 32, 32)).seed(2).evaluate(),
          Random.normal(Shape.of(32)).seed(3).evaluate());

  private static Tensor layer(Tensor x, Tensor w, Tensor b) {
    return x.conv2d(w, SAME).add(b).relu();
  }

  @Test
  void reluAfterConvolutionWritesOneArray() {
    Plan plan =
        Plans.of(
            a -> List.of(layer(layer(a.get(0), a.get(1), a.get(2)), a.get(1), a.get(2)).sum()),
            ARGUMENTS,
            PlanOptions.DEFAULT);
    // The first product, in its loop the first operand and the result.
    assertThat(plan.toString())
        .containsPattern("conv2D \\(b\\d+ b\\d+ -> (b\\d+)\\) then [^\\n]*\\(\\1 b\\d+ -> \\1\\)");
  }

  @Test
  void reluAndItsGradient() {
    same(a -> {
      List<Tensor> results = new ArrayList<>();
      var gradients =
          Elbo.valueAndGradients(
              v ->
                  layer(layer(v.get(0), v.get(1), v.get(2)), v.get(1), v.get(2))
                      .multiply(a.get(0))
                      .sum(),
              a.get(0),
              a.get(1),
              a.get(2));
      results.addAll(gradients.gradients());
      return results;
    });
  }

  @Test
  void whatTheKernelItselfReadsIsNotOverwritten() {
    same(a -> {
      Tensor h = a.get(0).multiply(2);
      return List.of(h.conv2d(a.get(1), SAME).add(a.get(2)).add(h).relu().multiply(3).sum());
    });
  }

  @Test
  void whatAReductionReadsIsNotOverwritten() {
    same(a -> {
      Tensor h = a.get(0).conv2d(a.get(1), SAME);
      Tensor y = h.multiply(2).add(a.get(2));
      return List.of(h.sum(0), y.sum(0), y.conv2d(a.get(1), SAME), h.multiply(y).sum(1));
    });
  }

  @Test
  void whatIsReadElsewhereIsNotOverwritten() {
    same(a -> {
      Tensor h = a.get(0).conv2d(a.get(1), SAME);
      Tensor turned = h.transpose(0, 2, 1, 3).reshape(h.shape());
      return List.of(h.add(turned).relu(), h.relu().conv2d(a.get(1), SAME));
    });
  }

  private static void same(Function<List<Tensor>, List<Tensor>> function) {
    Plans.assertSameBitsAsOracle("overwriting", function, ARGUMENTS);
  }
}
