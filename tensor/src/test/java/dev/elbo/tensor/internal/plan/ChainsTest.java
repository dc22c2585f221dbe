package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that run part by part give the bits of the same steps one after the other. */
class ChainsTest {
  private static final Convolution VALID = Convolution.of();
  private static final Convolution SAME = Convolution.of().padding(Padding.SAME);
  private static final Convolution HALF = SAME.strides(2);
  private static final Pooling POOL = Pooling.of(2, 2);

  private static List<Tensor> arguments(int batch, int size) {
    return List.of(
        Random.normal(Shape.of(batch, size, size, 1)).seed(1).evaluate(),
        Random.normal(Shape.of(3, 3, 1, 32)).seed(2).evaluate(),
        Random.normal(Shape.of(32)).seed(3).evaluate(),
        Random.normal(Shape.of(3, 3, 32, 48)).seed(4).evaluate(),
        Random.normal(Shape.of(48)).seed(5).evaluate());
  }

  private static Tensor pooled(List<Tensor> a) {
    Tensor h = a.get(0).conv2d(a.get(1), VALID).add(a.get(2)).relu().maxPool2d(POOL);
    return h.conv2d(a.get(3), VALID).add(a.get(4)).relu().maxPool2d(POOL);
  }

  private static Tensor strided(List<Tensor> a) {
    Tensor h = a.get(0).conv2d(a.get(1), SAME).add(a.get(2)).relu();
    return h.conv2d(a.get(3), HALF).add(a.get(4)).relu();
  }

  private static Tensor averaged(List<Tensor> a) {
    Tensor h = a.get(0).conv2d(a.get(1), SAME).add(a.get(2)).averagePool2d(POOL).tanh();
    return h.conv2d(a.get(3), SAME).add(a.get(4)).maxPool2d(Pooling.of(3, 3).strides(2));
  }

  private static Function<List<Tensor>, List<Tensor>> gradients(
      Function<List<Tensor>, Tensor> net) {
    return a -> {
      var result =
          Elbo.valueAndGradients(
              v -> {
                Tensor y = net.apply(v);
                return y.multiply(y).sum();
              },
              a.toArray(Tensor[]::new));
      List<Tensor> results = new ArrayList<>(result.gradients());
      results.add(result.value());
      return results;
    };
  }

  @Test
  void layersOfImagesAreChained() {
    Plan plan = Plans.of(gradients(ChainsTest::pooled), arguments(127, 26), PlanOptions.DEFAULT);
    assertThat(plan.toString())
        .containsPattern("by parts: conv2D [^\\n]*; maxPool2D ")
        .containsPattern("by parts: [^\\n]*maxPool2DGradient [^\\n]*; loop[^\\n]* multiply sum ")
        .containsPattern("by parts: [^\\n]*; conv2DFilterGradient ");
    Plan alone = Plans.of(gradients(ChainsTest::pooled), arguments(127, 26), PlanOptions.ORACLE);
    assertThat(alone.toString()).doesNotContain("by parts");
  }

  @Test
  void smallArraysAreNot() {
    Plan plan = Plans.of(gradients(ChainsTest::pooled), arguments(2, 26), PlanOptions.DEFAULT);
    assertThat(plan.toString()).doesNotContain("by parts");
  }

  @ParameterizedTest
  @CsvSource({"127, 26", "32, 26", "3, 60", "1, 90", "13, 41"})
  void bitsOfAnyBatch(int batch, int size) {
    same(ChainsTest::pooled, arguments(batch, size));
    same(ChainsTest::strided, arguments(batch, size));
    same(ChainsTest::averaged, arguments(batch, size));
  }

  /** Values that are read again later, and arrays that change hands within a chain. */
  @ParameterizedTest
  @ValueSource(ints = {64, 127})
  void bitsOfWhatIsUsedTwice(int batch) {
    List<Tensor> arguments =
        List.of(
            Random.normal(Shape.of(batch, 14, 14, 32)).seed(1).evaluate(),
            Random.normal(Shape.of(3, 3, 32, 32)).seed(2).evaluate(),
            Random.normal(Shape.of(32)).seed(3).evaluate());
    Function<List<Tensor>, Tensor> net =
        a -> {
          Tensor h = a.get(0).conv2d(a.get(1), SAME).add(a.get(2)).relu();
          Tensor g = h.conv2d(a.get(1), SAME).relu();
          Tensor f = g.multiply(h.sum(0)).conv2d(a.get(1), SAME).add(h).tanh();
          return f.conv2d(a.get(1), SAME).add(g).subtract(f.sum(new int[] {0, 1, 2}));
        };
    same(net, arguments);
  }

  private static void same(Function<List<Tensor>, Tensor> net, List<Tensor> arguments) {
    Function<List<Tensor>, List<Tensor>> function = gradients(net);
    List<Tensor> expected =
        Plans.call(Plans.of(function, arguments, PlanOptions.ORACLE), arguments);
    Plan plan = Plans.of(function, arguments, PlanOptions.DEFAULT);
    Plans.assertSameBitsForAnyTeam(plan, arguments, expected);
  }
}
