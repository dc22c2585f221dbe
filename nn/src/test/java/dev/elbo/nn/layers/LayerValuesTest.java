package dev.elbo.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Context;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that can be worked out by hand. */
final class LayerValuesTest {

  @Test
  void theLecturesDenseLayerOfOnes() {
    Dense layer = Dense.of(5).kernelInitializer(Ones.of()).kernelRegularizer(Regularizers.l1(0.01));
    assertThat(layer.weights()).isEmpty();
    layer.build(Shape.of(Shape.BATCH, 5));
    assertThat(layer.weights()).extracting(Variable::name).containsExactly("kernel", "bias");
    assertThat(layer.weights().getFirst().value().toFloats()).hasSize(25).containsOnly(1f);
    assertThat(layer.weights().getLast().value().toFloats()).hasSize(5).containsOnly(0f);
    Tensor output = layer.call(Tensor.ones(Shape.of(5, 5)).multiply(2));
    assertThat(output.shape()).isEqualTo(Shape.of(5, 5));
    assertThat(output.toFloats()).containsOnly(10f);
    assertThat(layer.losses().get("kernel").item()).isCloseTo(0.25, within(1e-7));
  }

  @Test
  void integersAndPicturesAreCast() {
    Dense layer = Dense.of(1).kernelInitializer(Ones.of());
    assertThat(layer.call(Tensor.of(new int[] {1, 2}, Shape.of(1, 2))).item()).isEqualTo(3);
    Tensor picture = Tensor.ofUint8(new byte[] {(byte) 200, 100}, Shape.of(1, 2));
    assertThat(layer.call(picture).item()).isEqualTo(300);
    assertThat(layer.call(picture).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void flattenKeepsIntegersForIndices() {
    Tensor indices = Tensor.of(new int[] {1, 2, 3, 4}, Shape.of(1, 2, 2));
    assertThat(Flatten.of().call(indices).dtype()).isEqualTo(DType.INT32);
  }

  @Test
  void dropoutKeepsAShareAndTheMean() {
    Dropout layer = Dropout.of(0.2);
    Tensor ones = Tensor.ones(Shape.of(100, 1_000));
    float[] dropped = layer.call(ones, Context.training(7)).toFloats();
    int zeros = 0;
    for (float value : dropped) {
      assertThat(value).isIn(0f, 1.25f);
      zeros += value == 0 ? 1 : 0;
    }
    assertThat(zeros / 100_000.0).isCloseTo(0.2, within(0.005));
    assertThat(layer.call(ones, Context.training(7)).toFloats()).isEqualTo(dropped);
    assertThat(layer.call(ones, Context.training(8)).toFloats()).isNotEqualTo(dropped);
    assertThat(layer.call(ones).toFloats()).containsOnly(1f);
  }

  @Test
  void twoDropoutsOfAModelDropDifferently() {
    Context context = Context.training(7);
    Tensor ones = Tensor.ones(Shape.of(1, 1_000));
    float[] first = Dropout.of(0.5).call(ones, context).toFloats();
    float[] second = Dropout.of(0.5).call(ones, context).toFloats();
    int same = 0;
    for (int i = 0; i < first.length; i++) {
      same += first[i] == second[i] ? 1 : 0;
    }
    assertThat(same).isBetween(400, 600);
  }

  @Test
  void batchNormalizationUsesTheBatchAndMovesItsStatistics() {
    BatchNormalization layer = BatchNormalization.of().momentum(0.9).dtype(DType.FLOAT64);
    double[] values = {1, 10, 2, 20, 3, 30, 6, 60};
    Tensor x = Tensor.of(values, Shape.of(4, 2));
    Tensor y = layer.call(x, Context.training(0));
    // The first column: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5.
    double[] received = y.toDoubles();
    for (int row = 0; row < 4; row++) {
      assertThat(received[2 * row])
          .isCloseTo((values[2 * row] - 3) / Math.sqrt(3.5 + 1e-3), within(1e-12));
      assertThat(received[2 * row + 1])
          .isCloseTo((values[2 * row + 1] - 30) / Math.sqrt(350 + 1e-3), within(1e-12));
    }
    double[] mean = layer.namedWeights().get("moving_mean").value().toDoubles();
    double[] variance = layer.namedWeights().get("moving_variance").value().toDoubles();
    assertThat(mean).containsExactly(new double[] {0.3, 3}, within(1e-12));
    assertThat(variance).containsExactly(new double[] {0.9 + 0.35, 0.9 + 35}, within(1e-12));

    double[] inference = layer.call(x).toDoubles();
    assertThat(inference[0]).isCloseTo((1 - 0.3) / Math.sqrt(1.25 + 1e-3), within(1e-12));
  }

  @Test
  void movingStatisticsMoveOnceAStepOfFitAndAreNotTrained() {
    BatchNormalization layer = BatchNormalization.of();
    Sequential model = Sequential.of(layer);
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    float[] values = {0, 2, 4, 6};
    Tensor x = Tensor.of(values, Shape.of(4, 1));
    model.fit(x, x, Fit.epochs(1).batchSize(2).shuffle(false).progress(Progress.none()));
    // Means of the batches: 1 and 5; variances: 1 and 1.
    float mean = (float) layer.namedWeights().get("moving_mean").value().item();
    assertThat(mean).isCloseTo(0.99f * 0.01f + 0.01f * 5, within(1e-6f));
    float variance = (float) layer.namedWeights().get("moving_variance").value().item();
    assertThat(variance).isCloseTo(1f, within(1e-6f));
    assertThat(model.trainableWeights())
        .extracting(Variable::name)
        .containsExactly("gamma", "beta");
    assertThat(model.nonTrainableWeights())
        .extracting(Variable::name)
        .containsExactly("moving_mean", "moving_variance");
  }

  @Test
  void aFrozenBatchNormalizationUsesItsMovingStatistics() {
    BatchNormalization layer = BatchNormalization.of();
    Tensor x = Tensor.of(new float[] {0, 2, 4, 6}, Shape.of(4, 1));
    layer.build(x.shape());
    layer.trainable(false);
    float[] frozen = layer.call(x, Context.training(0)).toFloats();
    assertThat(frozen).isEqualTo(layer.call(x).toFloats());
    assertThat(layer.namedWeights().get("moving_mean").value().item()).isZero();
    assertThat(layer.trainableWeights()).isEmpty();
    assertThat(layer.nonTrainableWeights()).hasSize(4);
  }

  @Test
  void aFrozenModelFreezesTheBatchNormalizationInside() {
    BatchNormalization normalization = BatchNormalization.of().momentum(0.5);
    Sequential base = Sequential.of(Dense.of(2), Sequential.of(normalization));
    Sequential model = Sequential.of(base, Dense.of(1)).seed(1);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    Tensor x = Tensor.of(new float[] {0, 2, 4, 6}, Shape.of(4, 1));
    Fit step = Fit.epochs(1).batchSize(4).progress(Progress.none());
    model.fit(x, x, step);
    float[] mean = normalization.namedWeights().get("moving_mean").value().toFloats();
    float[] variance = normalization.namedWeights().get("moving_variance").value().toFloats();
    assertThat(mean).doesNotContain(0f);

    base.trainable(false);

    assertThat(normalization.isTrainable()).isFalse();
    float[] frozen = base.call(x, Context.training(0)).toFloats();
    assertThat(frozen).isEqualTo(base.call(x).toFloats());
    double loss = model.evaluate(x, x).get("loss");
    assertThat(model.fit(x, x, step).last("loss")).isEqualTo(loss);
    assertThat(normalization.namedWeights().get("moving_mean").value().toFloats()).isEqualTo(mean);
    assertThat(normalization.namedWeights().get("moving_variance").value().toFloats())
        .isEqualTo(variance);
    assertThat(base.call(x).toFloats()).isEqualTo(frozen);

    base.trainable(true);
    model.fit(x, x, step);
    assertThat(normalization.namedWeights().get("moving_mean").value().toFloats())
        .isNotEqualTo(mean);
  }

  @Test
  void poolingOfASmallImage() {
    float[] pixels = {1, 2, 5, 6, 3, 4, 7, 8, -1, -2, 0, 0, -3, -4, 0, 4};
    Tensor image = Tensor.of(pixels, Shape.of(1, 4, 4, 1));
    assertThat(MaxPooling2D.of().call(image).toFloats()).containsExactly(4, 8, -1, 4);
    assertThat(AveragePooling2D.of().call(image).toFloats()).containsExactly(2.5f, 6.5f, -2.5f, 1);
    assertThat(MaxPooling2D.of(4).call(image).toFloats()).containsExactly(8);
  }

  @Test
  void aConvolutionOfOnesSumsWindowsAndItsTransposeSpreadsThem() {
    Tensor image = Tensor.ones(Shape.of(1, 3, 3, 1));
    Conv2D sums = Conv2D.of(1, 2).kernelInitializer(Ones.of());
    assertThat(sums.call(image).toFloats()).hasSize(4).containsOnly(4f);
    Conv2DTranspose spread = Conv2DTranspose.of(1, 2).kernelInitializer(Ones.of());
    assertThat(spread.call(Tensor.ones(Shape.of(1, 2, 2, 1))).toFloats())
        .containsExactly(1, 2, 1, 2, 4, 2, 1, 2, 1);
  }

  /** Keras: {@code (l - 1) * stride + extent, or extent mod 2 with SAME, + outputPadding}. */
  @ParameterizedTest
  @CsvSource({
    // length, kernel, stride, dilation, padding, outputPadding, expected
    "4, 3, 2, 1, VALID, 0, 9",
    "4, 3, 2, 1, VALID, 1, 10",
    "4, 2, 3, 1, VALID, 0, 11",
    "4, 2, 3, 1, VALID, 2, 13",
    "4, 3, 2, 1, SAME, 0, 7",
    "4, 3, 2, 1, SAME, 1, 8",
    "4, 5, 3, 1, SAME, 2, 12",
    "4, 4, 2, 1, SAME, 1, 7",
    "1, 3, 1, 1, SAME, 0, 1",
    "3, 3, 2, 2, VALID, 1, 10",
    "3, 3, 2, 2, SAME, 0, 5"
  })
  void outputPaddingChoosesAmongTheShapesOfWhichAConvolutionMakesTheInput(
      int length, int kernel, int stride, int dilation, Padding padding, int more, int expected) {
    Conv2DTranspose layer =
        Conv2DTranspose.of(3, kernel)
            .strides(stride)
            .dilationRate(dilation)
            .padding(padding)
            .outputPadding(more)
            .useBias(false)
            .dtype(DType.FLOAT64);
    Shape shape = Shape.of(2, length, length, 2);
    assertThat(layer.outputShape(shape)).isEqualTo(Shape.of(2, expected, expected, 3));
    assertThat(layer.outputShape(Shape.of(2, Shape.BATCH, length, 2)))
        .isEqualTo(Shape.of(2, Shape.BATCH, expected, 3));
    layer.build(shape);
    Tensor y = Random.normal(shape).dtype(DType.FLOAT64).seed(1);
    Tensor x = layer.call(y);
    assertThat(x.shape()).isEqualTo(Shape.of(2, expected, expected, 3));

    // It is the transpose of the convolution: <conv(v), y> = <v, transpose(y)> for all v.
    Tensor v = Random.normal(x.shape()).dtype(DType.FLOAT64).seed(2);
    Convolution convolution = Convolution.of().strides(stride).dilation(dilation).padding(padding);
    Tensor there = v.conv2d(layer.weights().getFirst().value(), convolution);
    assertThat(there.shape()).isEqualTo(shape);
    double expectedProduct = there.multiply(y).sum().item();
    assertThat(v.multiply(x).sum().item())
        .isCloseTo(expectedProduct, within(1e-11 * (1 + Math.abs(expectedProduct))));
  }

  @Test
  void outputPaddingOfTheDefaultSizeHasTheDefaultNumbers() {
    Tensor x = Random.normal(Shape.of(1, 3, 3, 2)).seed(1);
    Conv2DTranspose same =
        Conv2DTranspose.of(2, 3).strides(2).padding(Padding.SAME).kernelInitializer(Ones.of());
    Numbers.assertClose(same.outputPadding(1).call(x), same.call(x));
    // Beyond the reach of the filters is the bias alone.
    Conv2DTranspose sparse =
        Conv2DTranspose.of(1, 2).strides(4).kernelInitializer(Ones.of()).biasInitializer(Ones.of());
    Tensor padded = sparse.outputPadding(2).call(x);
    Tensor longer = sparse.outputPadding(3).call(x);
    assertThat(padded.shape()).isEqualTo(Shape.of(1, 12, 12, 1));
    Numbers.assertClose(padded, sparse.call(x));
    assertThat(longer.slice(1, 10, 13).toFloats()).containsOnly(1f);
  }

  @Test
  void kernelsHaveKerasShapes() {
    Shape images = Shape.of(Shape.BATCH, 8, 8, 3);
    Conv2D conv = Conv2D.of(16, 5, 3);
    conv.build(images);
    assertThat(conv.weights().getFirst().shape()).isEqualTo(Shape.of(5, 3, 3, 16));
    Conv2DTranspose transpose = Conv2DTranspose.of(16, 5, 3);
    transpose.build(images);
    assertThat(transpose.weights().getFirst().shape()).isEqualTo(Shape.of(5, 3, 16, 3));
    assertThat(transpose.weights().getLast().shape()).isEqualTo(Shape.of(16));
  }

  @Test
  void kernelsStartWithinGlorotsLimit() {
    Dense layer = Dense.of(128);
    layer.build(Shape.of(Shape.BATCH, 784));
    double limit = Math.sqrt(6.0 / 912);
    float[] kernel = layer.weights().getFirst().value().toFloats();
    double mean = 0;
    for (float value : kernel) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo((float) limit);
      mean += Math.abs(value) / (double) kernel.length;
    }
    assertThat(mean).isCloseTo(limit / 2, within(limit * 0.005));
    assertThat(Arrays.stream(new int[] {0, 1}).mapToObj(i -> kernel[i])).doesNotHaveDuplicates();
  }
}
