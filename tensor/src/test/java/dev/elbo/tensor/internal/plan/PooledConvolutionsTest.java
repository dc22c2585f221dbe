package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A convolution and its pooling, image by image, give the bits of one after the other. */
class PooledConvolutionsTest {
  private static final Convolution VALID = Convolution.of();
  private static final Convolution SAME = VALID.padding(Padding.SAME);
  private static final Pooling POOL = Pooling.of(2);

  private record Layer(
      Convolution convolution, Pooling pooling, int batch, int height, int width, int filters) {
    List<Tensor> arguments() {
      return List.of(
          Random.normal(Shape.of(batch, height, width, 1)).seed(1).evaluate(),
          Random.normal(Shape.of(3, 3, 1, filters)).seed(2).evaluate(),
          Random.normal(Shape.of(filters)).seed(3).evaluate());
    }

    Tensor image(List<Tensor> a) {
      return a.get(0).conv2d(a.get(1), convolution).add(a.get(2)).relu();
    }
  }

  static Stream<Layer> layers() {
    return Stream.of(
        new Layer(VALID, POOL, 128, 28, 28, 32),
        // The last row and column are in no window; pieces and chunks end within images.
        new Layer(VALID, POOL, 127, 15, 17, 33),
        new Layer(VALID, Pooling.of(2, 3), 61, 20, 19, 16),
        new Layer(SAME, POOL.padding(Padding.SAME), 45, 21, 23, 48),
        new Layer(SAME, Pooling.of(3).padding(Padding.SAME), 8, 40, 41, 32),
        // Rows and columns between windows.
        new Layer(SAME, POOL.strides(3), 33, 28, 14, 40),
        new Layer(SAME.strides(2), POOL, 64, 29, 28, 32),
        new Layer(VALID.dilation(2, 3), Pooling.of(1), 31, 18, 20, 64));
  }

  /** The gradients in the filters and the bias, and what they are gradients of. */
  private static Function<List<Tensor>, List<Tensor>> gradients(
      Function<List<Tensor>, Tensor> layer) {
    return a -> {
      var result =
          Elbo.valueAndGradients(
              v -> {
                Tensor y = layer.apply(List.of(a.get(0), v.get(0), v.get(1)));
                return y.multiply(y.sin()).sum();
              },
              a.get(1),
              a.get(2));
      List<Tensor> results = new ArrayList<>(result.gradients());
      results.add(result.value());
      results.add(layer.apply(a));
      return results;
    };
  }

  private static void same(Function<List<Tensor>, Tensor> layer, List<Tensor> arguments) {
    Function<List<Tensor>, List<Tensor>> function = gradients(layer);
    Plan plan = Plans.of(function, arguments, PlanOptions.DEFAULT);
    assertThat(plan.toString())
        .contains("pooledConv2D ", "pooledConv2DFilterGradient ")
        .doesNotContain("maxPool2D", " conv2D");
    Plan oracle = Plans.of(function, arguments, PlanOptions.ORACLE);
    assertThat(oracle.toString()).doesNotContain("pooledConv2D");
    List<Tensor> expected = Plans.call(oracle, arguments);
    Plans.assertSameBitsForAnyTeam(plan, arguments, expected);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void bitsOfOneAfterTheOther(Layer layer) {
    same(a -> layer.image(a).maxPool2d(layer.pooling()), layer.arguments());
  }

  /** Windows whose elements are equal, zeros of both signs, NaN and infinities. */
  @ParameterizedTest
  @MethodSource("layers")
  void bitsOfTiesAndOfWhatIsNotFinite(Layer layer) {
    List<Tensor> arguments = new ArrayList<>(layer.arguments());
    float[] x = new float[(int) arguments.get(0).shape().size()];
    var random = new java.util.Random(7);
    for (int i = 0; i < x.length; i++) {
      int pick = random.nextInt(4000);
      x[i] =
          pick == 0
              ? Float.NaN
              : pick == 1
                  ? Float.NEGATIVE_INFINITY
                  : pick == 2 ? Float.POSITIVE_INFINITY : pick < 2500 ? -0f : random.nextInt(-1, 2);
    }
    arguments.set(0, Tensor.of(x, arguments.get(0).shape()));
    arguments.set(1, arguments.get(1).sign().evaluate());
    arguments.set(2, arguments.get(2).sign().evaluate());
    same(a -> layer.image(a).maxPool2d(layer.pooling()), arguments);
  }

  @Test
  void withoutGradients() {
    Layer layer = new Layer(VALID, POOL, 32, 28, 28, 32);
    List<Tensor> arguments = layer.arguments();
    Function<List<Tensor>, List<Tensor>> function = a -> List.of(layer.image(a).maxPool2d(POOL));
    assertThat(Plans.of(function, arguments, PlanOptions.DEFAULT).toString())
        .contains("pooledConv2D ");
    Plans.assertSameBitsAsOracle("forward", function, arguments);
    Function<List<Tensor>, List<Tensor>> linear =
        a -> List.of(a.get(0).conv2d(a.get(1), VALID).add(a.get(2)).maxPool2d(POOL));
    assertThat(Plans.of(linear, arguments, PlanOptions.DEFAULT).toString())
        .contains("pooledConv2D ");
    Plans.assertSameBitsAsOracle("without relu", linear, arguments);
  }

  private static void leavesAlone(String why, Layer layer, Function<List<Tensor>, List<Tensor>> f) {
    List<Tensor> arguments = layer.arguments();
    assertThat(Plans.of(f, arguments, PlanOptions.DEFAULT).toString())
        .as(why)
        .doesNotContain("pooledConv2D");
    Plans.assertSameBitsAsOracle(why, f, arguments);
  }

  @Test
  void leavesAloneWhatIsNeededElsewhere() {
    Layer layer = new Layer(VALID, POOL, 32, 28, 28, 32);
    leavesAlone(
        "the output is a result",
        layer,
        a -> {
          Tensor v = layer.image(a);
          return List.of(v, v.maxPool2d(POOL));
        });
    leavesAlone(
        "the output is read twice",
        layer,
        gradients(a -> {
          Tensor v = layer.image(a);
          return v.maxPool2d(POOL).add(v.mean());
        }));
    leavesAlone(
        "the image has a gradient",
        layer,
        a ->
            Elbo.valueAndGradients(
                    v -> layer.image(v).maxPool2d(POOL).sum(), a.get(0), a.get(1), a.get(2))
                .gradients());
    leavesAlone("windows meet", layer, gradients(a -> layer.image(a).maxPool2d(POOL.strides(1))));
    leavesAlone(
        "tanh needs its output",
        layer,
        gradients(a -> a.get(0).conv2d(a.get(1), VALID).add(a.get(2)).tanh().maxPool2d(POOL)));
  }

  @Test
  void leavesAloneWhatTheCacheHolds() {
    for (Layer layer :
        List.of(
            new Layer(VALID, POOL, 1, 28, 28, 32),
            new Layer(VALID, POOL, 4, 28, 28, 32),
            new Layer(VALID, POOL, 7, 60, 60, 16))) {
      leavesAlone(layer.toString(), layer, gradients(a -> layer.image(a).maxPool2d(POOL)));
    }
  }

  @Test
  void leavesOneFilterAndASharedBiasAlone() {
    Layer one = new Layer(VALID, POOL, 32, 28, 28, 1);
    leavesAlone("one filter", one, gradients(a -> one.image(a).maxPool2d(POOL)));
    leavesAlone("one filter, no gradient", one, a -> List.of(one.image(a).maxPool2d(POOL)));
    Layer layer = new Layer(VALID, POOL, 32, 28, 28, 32);
    leavesAlone(
        "one number for all filters",
        layer,
        a -> List.of(a.get(0).conv2d(a.get(1), VALID).add(0.5f).relu().maxPool2d(POOL)));
  }

  @Test
  void leavesFloat64Alone() {
    Layer layer = new Layer(VALID, POOL, 9, 28, 28, 32);
    List<Tensor> arguments =
        layer.arguments().stream().map(a -> a.cast(DType.FLOAT64).evaluate()).toList();
    Function<List<Tensor>, List<Tensor>> function = gradients(a -> layer.image(a).maxPool2d(POOL));
    assertThat(Plans.of(function, arguments, PlanOptions.DEFAULT).toString())
        .doesNotContain("pooledConv2D");
    Plans.assertSameBitsAsOracle("float64", function, arguments);
  }
}
