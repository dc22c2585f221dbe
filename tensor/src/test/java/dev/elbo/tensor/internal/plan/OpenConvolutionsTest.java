package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Plans;
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

/** A convolution and the step that its output is multiplied by, in one, have the bits of both. */
class OpenConvolutionsTest {
  private static final Convolution SAME = Convolution.of().padding(Padding.SAME);

  private static final String OVERWRITES = "openConv2D \\(b\\d+ b\\d+ (b\\d+) -> \\1\\)";

  /** A transposed convolution of x, its bias and relu, and another one to one channel. */
  private record Decoder(Convolution convolution, int batch, int height, int width, int channels) {
    List<Tensor> arguments() {
      return List.of(
          Random.normal(Shape.of(batch, height, width, channels)).seed(1).evaluate(),
          Random.normal(Shape.of(channels)).seed(2).evaluate(),
          Random.normal(Shape.of(3, 3, 1, channels)).seed(3).evaluate());
    }

    Tensor call(Tensor x, Tensor bias, Tensor filters) {
      return x.add(bias).relu().conv2dTranspose(filters, convolution);
    }

    Tensor call(List<Tensor> a) {
      return call(a.get(0), a.get(1), a.get(2));
    }
  }

  static Stream<Decoder> decoders() {
    return Stream.of(
        new Decoder(SAME, 128, 28, 28, 32),
        new Decoder(SAME, 37, 19, 21, 33),
        new Decoder(Convolution.of(), 61, 12, 15, 48),
        new Decoder(SAME.strides(2), 70, 14, 13, 16),
        new Decoder(SAME.dilation(2, 3), 9, 35, 33, 24));
  }

  private static Function<List<Tensor>, List<Tensor>> gradients(
      Function<List<Tensor>, Tensor> decoder) {
    return a -> {
      var result =
          Elbo.valueAndGradients(
              v -> {
                Tensor y = decoder.apply(v);
                return y.multiply(y.sin()).sum();
              },
              a.toArray(Tensor[]::new));
      List<Tensor> results = new ArrayList<>(result.gradients());
      results.add(result.value());
      return results;
    };
  }

  private static void same(Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments) {
    Plan plan = Plans.of(function, arguments, PlanOptions.DEFAULT);
    assertThat(plan.toString()).contains("openConv2D ").doesNotContain(" conv2D ");
    Plan oracle = Plans.of(function, arguments, PlanOptions.ORACLE);
    assertThat(oracle.toString()).doesNotContain("openConv2D");
    List<Tensor> expected = Plans.call(oracle, arguments);
    Plans.assertSameBitsForAnyTeam(plan, arguments, expected);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void bitsOfOneAfterTheOther(Decoder decoder) {
    same(gradients(decoder::call), decoder.arguments());
  }

  /** Zeros of both signs, NaN and infinities. */
  @ParameterizedTest
  @MethodSource("decoders")
  void bitsOfWhatIsNotFinite(Decoder decoder) {
    List<Tensor> arguments = new ArrayList<>(decoder.arguments());
    float[] x = new float[(int) arguments.getFirst().shape().size()];
    var random = new java.util.Random(7);
    for (int i = 0; i < x.length; i++) {
      int pick = random.nextInt(40_000);
      x[i] =
          pick == 0
              ? Float.NaN
              : pick == 1
                  ? Float.NEGATIVE_INFINITY
                  : pick == 2 ? Float.POSITIVE_INFINITY : pick < 9000 ? -0f : random.nextInt(-1, 2);
    }
    arguments.set(0, Tensor.of(x, arguments.getFirst().shape()));
    arguments.set(1, arguments.get(1).sign().evaluate());
    same(gradients(decoder::call), arguments);
  }

  @Test
  void writesOverReluThatNobodyElseReads() {
    Decoder decoder = new Decoder(SAME, 128, 28, 28, 32);
    List<Tensor> arguments = new ArrayList<>(decoder.arguments());
    arguments.add(Random.normal(Shape.of(32, 32)).seed(4).evaluate());
    // A product before it, so that the gradient in its input is not a result.
    var gradients = gradients(v -> decoder.call(v.get(0).matmul(v.get(3)), v.get(1), v.get(2)));
    Plan plan = Plans.of(gradients, arguments, PlanOptions.DEFAULT);
    assertThat(plan.toString()).containsPattern(OVERWRITES);
    same(gradients, arguments);
  }

  @Test
  void writesElsewhereWhereReluIsStillNeeded() {
    List<Tensor> arguments =
        List.of(
            Random.normal(Shape.of(32, 14, 14, 1)).seed(1).evaluate(),
            Random.normal(Shape.of(3, 3, 1, 32)).seed(2).evaluate(),
            Random.normal(Shape.of(32, 14, 14, 32)).seed(3).evaluate(),
            Random.normal(Shape.of(32, 32)).seed(4).evaluate());
    Function<List<Tensor>, List<Tensor>> readLater =
        a -> {
          Tensor v = a.get(2).matmul(a.get(3));
          Tensor opened = a.get(0).conv2d(a.get(1), SAME).multiply(v.step());
          return List.of(opened.sum(0), opened.matmul(a.get(3)).add(v));
        };
    Function<List<Tensor>, List<Tensor>> result =
        a -> {
          Tensor v = a.get(2).matmul(a.get(3));
          Tensor opened = a.get(0).conv2d(a.get(1), SAME).multiply(v.step());
          return List.of(opened.matmul(a.get(3)), v);
        };
    for (Function<List<Tensor>, List<Tensor>> function : List.of(readLater, result)) {
      same(function, arguments);
      assertThat(Plans.of(function, arguments, PlanOptions.DEFAULT).toString())
          .doesNotContainPattern(OVERWRITES);
    }
  }

  private static void leavesAlone(
      String why, Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments) {
    assertThat(Plans.of(function, arguments, PlanOptions.DEFAULT).toString())
        .as(why)
        .doesNotContain("openConv2D");
    Plans.assertSameBitsAsOracle(why, function, arguments);
  }

  @Test
  void leavesAloneWhatIsNeededElsewhere() {
    List<Tensor> arguments =
        List.of(
            Random.normal(Shape.of(32, 14, 14, 1)).seed(1).evaluate(),
            Random.normal(Shape.of(3, 3, 1, 32)).seed(2).evaluate(),
            Random.normal(Shape.of(32, 14, 14, 32)).seed(3).evaluate());
    leavesAlone(
        "the convolution is a result",
        a -> {
          Tensor y = a.get(0).conv2d(a.get(1), SAME);
          return List.of(y, y.multiply(a.get(2).step()));
        },
        arguments);
    leavesAlone(
        "the convolution is read twice",
        a -> {
          Tensor y = a.get(0).conv2d(a.get(1), SAME);
          return List.of(y.sin(), y.multiply(a.get(2).step()));
        },
        arguments);
    leavesAlone(
        "one step for all images",
        a -> List.of(a.get(0).conv2d(a.get(1), SAME).multiply(a.get(2).slice(0, 0, 1).step())),
        arguments);
    same(
        a -> {
          Tensor step = a.get(2).step();
          return List.of(a.get(0).conv2d(a.get(1), SAME).multiply(step), step.cos(), a.get(2));
        },
        arguments);
  }

  @Test
  void leavesSmallOnesAndFloat64Alone() {
    Decoder small = new Decoder(SAME, 4, 28, 28, 32);
    leavesAlone("four images", gradients(small::call), small.arguments());
    Decoder decoder = new Decoder(SAME, 9, 24, 24, 32);
    leavesAlone(
        "float64",
        gradients(decoder::call),
        decoder.arguments().stream().map(a -> a.cast(DType.FLOAT64).evaluate()).toList());
  }
}
