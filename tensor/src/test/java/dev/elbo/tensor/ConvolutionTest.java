package dev.elbo.tensor;

import static dev.elbo.tensor.Padding.SAME;
import static dev.elbo.tensor.Padding.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  static Stream<GoldenImageCase> golden() {
    return GoldenImageCase.readAll().stream();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void givesPyTorchsValuesAndGradientsInFloat64(GoldenImageCase golden) {
    compare(golden, DType.FLOAT64, within(1e-13));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void givesPyTorchsValuesAndGradientsInFloat32(GoldenImageCase golden) {
    boolean exact = !golden.operation().equals("averagePool2d");
    compare(golden, DType.FLOAT32, within(exact ? 0 : 1e-6));
  }

  private static void compare(GoldenImageCase golden, DType dtype, Offset<Double> tolerance) {
    Tensor x = golden.x(dtype);
    Tensor w = golden.hasFilters() ? golden.w(dtype) : Tensor.zeros(Shape.scalar(), dtype);
    Tensor y = golden.apply(x, w);
    assertThat(y.shape()).isEqualTo(golden.g(dtype).shape());
    assertThat(y.dtype()).isEqualTo(dtype);
    assertThat(y.toDoubles()).containsExactly(golden.expected("y"), tolerance);
    Tensor g = golden.g(dtype);
    List<Tensor> gradients =
        Elbo.valueAndGradients(
                inputs -> golden.apply(inputs.get(0), inputs.get(1)).multiply(g).sum(), x, w)
            .gradients();
    assertThat(gradients.get(0).toDoubles()).containsExactly(golden.expected("dx"), tolerance);
    if (golden.hasFilters()) {
      assertThat(gradients.get(1).toDoubles()).containsExactly(golden.expected("dw"), tolerance);
    }
  }

  /** Whole numbers small enough for every sum to be exact in float32. */
  private static Tensor whole(Shape shape, int multiplier, int modulus) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * multiplier % modulus - modulus / 2;
    }
    return Tensor.of(values, shape).evaluate();
  }

  @ParameterizedTest
  @EnumSource(Padding.class)
  void equalsItsDefinitionForAllSettings(Padding padding) {
    int checked = 0;
    for (int stride = 1; stride <= 3; stride++) {
      for (int dilation = 1; dilation <= 3; dilation++) {
        for (int size = 1; size <= 4; size++) {
          for (int length : new int[] {1, 4, 7, 11}) {
            if (padding == VALID && (length < (size - 1) * dilation + 1 || length < size)) {
              continue;
            }
            Convolution convolution =
                Convolution.of().strides(stride, 1).dilation(1, dilation).padding(padding);
            for (int[] channels : new int[][] {{1, 3}, {2, 1}, {9, 2}, {17, 33}}) {
              Tensor x = whole(Shape.of(2, length, length, channels[0]), 31, 7);
              Tensor w = whole(Shape.of(size, size, channels[0], channels[1]), 23, 5);
              Tensor y = x.conv2d(w, convolution);
              Tensor g = whole(y.shape(), 29, 7);
              NaiveConvolution naive = new NaiveConvolution(convolution, x, w, g);
              List<Tensor> gradients =
                  Elbo.valueAndGradients(
                          inputs ->
                              inputs.get(0).conv2d(inputs.get(1), convolution).multiply(g).sum(),
                          x,
                          w)
                      .gradients();
              String what = convolution + " of " + x.shape() + " by " + w.shape();
              assertThat(y.toDoubles()).as(what).containsExactly(naive.output());
              assertThat(gradients.get(0).toDoubles())
                  .as("gradient in the input of " + what)
                  .containsExactly(naive.inputGradient());
              assertThat(gradients.get(1).toDoubles())
                  .as("gradient in the filters of " + what)
                  .containsExactly(naive.filterGradient());
              checked++;
            }
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(250);
  }

  @Test
  void hasFirstAndSecondDerivatives() {
    for (Padding padding : Padding.values()) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int dilation = 1; dilation <= 2; dilation++) {
          Convolution convolution =
              Convolution.of().strides(stride).dilation(dilation).padding(padding);
          Function<List<Tensor>, Tensor> conv =
              x ->
                  GradientCheck.weighted(x.get(0).conv2d(x.get(1), convolution), 1)
                      .add(x.get(0).conv2d(x.get(1), convolution).square().sum());
          List<Tensor> inputs = smooth(Shape.of(1, 5, 4, 2), Shape.of(2, 2, 2, 2));
          GradientCheck.check(convolution + "", conv, inputs);
          GradientCheck.check(convolution + ", second", GradientCheck.gradientOf(conv), inputs);
          Function<List<Tensor>, Tensor> transpose =
              x -> x.get(0).conv2dTranspose(x.get(1), convolution).square().sum();
          List<Tensor> small = smooth(Shape.of(1, 3, 2, 2), Shape.of(2, 3, 1, 2));
          GradientCheck.check("transposed " + convolution, transpose, small);
          GradientCheck.check(
              "transposed " + convolution + ", second", GradientCheck.gradientOf(transpose), small);
        }
      }
    }
  }

  private static List<Tensor> smooth(Shape... shapes) {
    List<Tensor> tensors = new ArrayList<>();
    for (Shape shape : shapes) {
      double[] values = new double[(int) shape.size()];
      int salt = tensors.size();
      Arrays.setAll(values, i -> Math.sin(2.3 * i + salt));
      tensors.add(Tensor.of(values, shape));
    }
    return tensors;
  }

  @Test
  void transposedHasKerassOutputShapes() {
    Convolution strided = Convolution.of().strides(2, 3);
    Shape input = Shape.of(4, 5, 6, 7);
    assertThat(strided.transposedOutputShape(input, Shape.of(3, 2, 8, 7)))
        .isEqualTo(Shape.of(4, 11, 18, 8));
    assertThat(strided.padding(SAME).transposedOutputShape(input, Shape.of(3, 2, 8, 7)))
        .isEqualTo(Shape.of(4, 10, 18, 8));
  }

  @Test
  void outputShapesKeepAnUnknownBatch() {
    Shape images = Shape.of(Shape.BATCH, 28, 28, 1);
    Shape filters = Shape.of(3, 3, 1, 32);
    assertThat(Convolution.of().outputShape(images, filters))
        .isEqualTo(Shape.of(Shape.BATCH, 26, 26, 32));
    assertThat(Convolution.of().padding(SAME).strides(2).outputShape(images, filters))
        .isEqualTo(Shape.of(Shape.BATCH, 14, 14, 32));
    assertThat(Pooling.of(3).padding(SAME).outputShape(images))
        .isEqualTo(Shape.of(Shape.BATCH, 10, 10, 1));
  }

  @Test
  void wholeNumbersBecomeFloatsAndTypesArePromoted() {
    Tensor x = Tensor.ones(Shape.of(1, 2, 2, 1), DType.INT32);
    Tensor w = Tensor.ones(Shape.of(2, 2, 1, 1), DType.FLOAT64);
    assertThat(x.conv2d(w, Convolution.of()).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(x.maxPool2d(Pooling.of(2)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(x.conv2d(w, Convolution.of()).item()).isEqualTo(4);
  }

  @Test
  void aMaximumThatIsNotANumberIsNotANumber() {
    Tensor x = Tensor.of(new float[] {1, Float.NaN, 2, 3}, Shape.of(1, 2, 2, 1));
    assertThat(x.maxPool2d(Pooling.of(2)).item()).isNaN();
  }

  @Test
  void imagesWithoutChannelsNameTheRemedy() {
    Tensor digits = Tensor.zeros(Shape.of(60, 28, 28));
    Tensor filters = Tensor.zeros(Shape.of(3, 3, 28, 3));
    assertThatThrownBy(() -> digits.conv2d(filters, Convolution.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "conv2d: expected input of shape (batch, height, width, channels), received (60, 28,"
                + " 28). Add a channel axis with expandDims(-1), or in a model with Reshape.of(28,"
                + " 28, 1).");
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(4, 4)).maxPool2d(Pooling.of(2)))
        .hasMessage(
            "maxPool2d: expected input of shape (batch, height, width, channels), received (4, 4)."
                + " Reshape it to four axes.");
    assertThatThrownBy(() -> digits.averagePool2d(Pooling.of(2)))
        .hasMessageStartingWith("averagePool2d: expected input of shape (batch, height,");
    assertThatThrownBy(() -> digits.conv2dTranspose(filters, Convolution.of()))
        .hasMessageStartingWith("conv2dTranspose: expected input of shape (batch, height,");
  }

  @Test
  void filtersOfAnotherRankOrWithoutElementsAreRefused() {
    Tensor x = Tensor.zeros(Shape.of(1, 4, 4, 2));
    assertThatThrownBy(() -> x.conv2d(Tensor.zeros(Shape.of(3, 2, 5)), Convolution.of()))
        .hasMessage(
            "conv2d: expected filters of shape (height, width, input channels, output channels),"
                + " received (3, 2, 5).");
    assertThatThrownBy(() -> x.conv2d(Tensor.zeros(Shape.of(3, 3, 2, 0)), Convolution.of()))
        .hasMessage(
            "conv2d: expected filters with 1 or more along each axis, received (3, 3, 2, 0).");
  }

  @Test
  void channelsThatDifferAreRefused() {
    Tensor x = Tensor.zeros(Shape.of(1, 3, 8, 8));
    Tensor w = Tensor.zeros(Shape.of(3, 3, 3, 16));
    assertThatThrownBy(() -> x.conv2d(w, Convolution.of()))
        .hasMessage(
            "conv2d: expected input with 3 channels, the third axis of filters (3, 3, 3, 16),"
                + " received shape (1, 3, 8, 8) with 8. Channels come last; transpose(0, 2, 3, 1)"
                + " moves them there.");
    assertThatThrownBy(() -> x.conv2dTranspose(w, Convolution.of()))
        .hasMessage(
            "conv2dTranspose: expected input with 16 channels, the last axis of filters (3, 3, 3,"
                + " 16), received shape (1, 3, 8, 8) with 8. Filters are (height, width, output"
                + " channels, input channels).");
  }

  @Test
  void aWindowThatDoesNotFitIsRefused() {
    Tensor x = Tensor.zeros(Shape.of(1, 4, 5, 2));
    Tensor w = Tensor.zeros(Shape.of(3, 3, 2, 2));
    assertThatThrownBy(() -> x.conv2d(w, Convolution.of().dilation(2)))
        .hasMessage(
            "conv2d: filters (3, 3, 2, 2) with VALID padding: expected input of at least 5 by 5,"
                + " received shape (1, 4, 5, 2). Use Padding.SAME, a smaller window, or fewer"
                + " layers that shrink the image.");
    assertThatThrownBy(() -> x.maxPool2d(Pooling.of(5)))
        .hasMessage(
            "maxPool2d: a window of (5, 5) with VALID padding: expected input of at least 5 by 5,"
                + " received shape (1, 4, 5, 2). Use Padding.SAME, a smaller window, or fewer"
                + " layers that shrink the image.");
  }

  @Test
  void anImageThatWouldBeTooLongIsRefused() {
    Shape filters = Shape.of(2, 2, 1, 1);
    for (Padding padding : Padding.values()) {
      Convolution convolution = Convolution.of().strides(1 << 20).padding(padding);
      assertThatThrownBy(
              () -> convolution.transposedOutputShape(Shape.of(1, 1 << 11, 1, 1), filters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "conv2dTranspose: an axis would be of length 2147483648, more than 2147483647. Work on"
                  + " smaller pieces.");
    }
  }

  @Test
  void settingsBelowOneAreRefused() {
    assertThatThrownBy(() -> Convolution.of().strides(0))
        .hasMessage("Convolution: expected strides of 1 or more, received (0, 0).");
    assertThatThrownBy(() -> Convolution.of().dilation(1, -1))
        .hasMessage("Convolution: expected dilation of 1 or more, received (1, -1).");
    assertThatThrownBy(() -> Pooling.of(2).strides(0))
        .hasMessage(
            "Pooling: expected a window and strides of 1 or more, received window (2, 2) and"
                + " strides (0, 0).");
  }

  @Test
  void uint8ImagesAreToBeCastFirst() {
    Tensor x = Tensor.ofUint8(new byte[4], Shape.of(1, 2, 2, 1));
    assertThatThrownBy(() -> x.conv2d(Tensor.ones(Shape.of(1, 1, 1, 1)), Convolution.of()))
        .hasMessage(
            "conv2d: received a uint8 tensor of shape (1, 2, 2, 1), which is storage only. Cast it"
                + " first, for example cast(DType.FLOAT32).");
  }
}
