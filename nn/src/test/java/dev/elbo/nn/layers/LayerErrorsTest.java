package dev.elbo.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.Context;
import dev.elbo.nn.Input;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What layers say when they cannot do what they are asked. */
final class LayerErrorsTest {
  private static void says(String message, ThrowingCallable code) {
    assertThatIllegalArgumentException().isThrownBy(code).withMessage(message);
  }

  @Test
  void dense() {
    Dense layer = Dense.of(4).name("dense_1");
    layer.build(Shape.of(Shape.BATCH, 784));
    says(
        "Dense 'dense_1': expected input with last axis 784, received shape (32, 28, 28). Add"
            + " Flatten.of() before it.",
        () -> layer.call(Tensor.zeros(Shape.of(32, 28, 28))));
    says(
        "Dense 'dense_1': expected input with last axis 784, received shape (32, 10). The layer was"
            + " built for samples of another size.",
        () -> layer.call(Tensor.zeros(Shape.of(32, 10))));
    says(
        "Dense 'dense_1': expected input of shape (batch, features), received shape (784,). Use"
            + " expandDims(0) for a single sample, expandDims(-1) for a single feature.",
        () -> layer.call(Tensor.zeros(Shape.of(784))));
    says("Dense: expected units of at least 1, received 0.", () -> Dense.of(0));
    says(
        "layer 'Dense': expected setting 'units' to be a whole number, received 2.5",
        () -> Layers.registry().create("Dense", Map.of("units", 2.5)));
    says(
        "Dense 'dense': expected a known last axis, received shape (None, None).",
        () -> Dense.of(2).outputShape(Shape.of(Shape.BATCH, Shape.BATCH)));
  }

  @Test
  void theLecturesConvolutionOnImagesWithoutChannels() {
    Sequential model = Sequential.of(Conv2D.of(3, 3), Conv2D.of(1, 3));
    Tensor images = Tensor.zeros(Shape.of(60000, 28, 28), DType.UINT8);
    says(
        "Conv2D 'conv2d': expected input of shape (batch, height, width, channels), received shape"
            + " (60000, 28, 28). Add a channel axis with Reshape.of(28, 28, 1) before it.",
        () -> model.call(images));
    Sequential mended = Sequential.of(Reshape.of(28, 28, 1), Conv2D.of(3, 3), Conv2D.of(1, 3));
    assertThat(mended.outputShape(images.shape())).isEqualTo(Shape.of(60000, 24, 24, 1));
    assertThat(mended.call(images.slice(0, 0, 5)).shape()).isEqualTo(Shape.of(5, 24, 24, 1));
  }

  @Test
  void images() {
    Conv2D layer = Conv2D.of(2, 3);
    layer.build(Shape.of(Shape.BATCH, 8, 8, 3));
    says(
        "Conv2D 'conv2d': expected input with 3 channels, received shape (1, 8, 8, 1). Channels come"
            + " last; the layer was built for images of 3.",
        () -> layer.call(Tensor.zeros(Shape.of(1, 8, 8, 1))));
    says(
        "Conv2D 'conv2d': expected images of at least 3 by 3 for its filter, received shape (1, 2, 8,"
            + " 3). Use padding(Padding.SAME), a smaller filter, or fewer layers that shrink the"
            + " image.",
        () -> layer.call(Tensor.zeros(Shape.of(1, 2, 8, 3))));
    says(
        "MaxPooling2D 'max_pooling2d': expected images of at least 2 by 2 for its window, received"
            + " shape (1, 1, 8, 3). Use padding(Padding.SAME), a smaller window, or fewer layers that"
            + " shrink the image.",
        () -> MaxPooling2D.of().call(Tensor.zeros(Shape.of(1, 1, 8, 3))));
    says(
        "AveragePooling2D 'average_pooling2d': expected input of shape (batch, height, width,"
            + " channels), received shape (4, 9). Reshape the data, or drop the batch axis from"
            + " Input.of(...).",
        () -> AveragePooling2D.of().call(Tensor.zeros(Shape.of(4, 9))));
    says(
        "Conv2DTranspose 'conv2d_transpose': expected a known number of channels, received shape"
            + " (None, 8, 8, None). Give it in Input.of(height, width, channels).",
        () -> Conv2DTranspose.of(2, 3).outputShape(Shape.of(Shape.BATCH, 8, 8, Shape.BATCH)));
    says(
        "Conv2DTranspose: expected outputPadding of at least 0, received (0, -1). Leave it out for an"
            + " output of the default size.",
        () -> Conv2DTranspose.of(2, 3).outputPadding(0, -1));
    says(
        "Conv2DTranspose 'conv2d_transpose': expected outputPadding below the strides (2, 1), received"
            + " (1, 1). Use larger strides, or a smaller outputPadding.",
        () ->
            Conv2DTranspose.of(2, 3)
                .outputPadding(1)
                .strides(2, 1)
                .outputShape(Shape.of(1, 8, 8, 1)));
    says(
        "Conv2DTranspose 'conv2d_transpose': expected an output of at least 1 by 1, received input of"
            + " shape (1, 1, 1, 1), which would become 0 by 0. Use a larger outputPadding, or leave it"
            + " out.",
        () ->
            Conv2DTranspose.of(2, 2)
                .strides(2)
                .padding(Padding.SAME)
                .outputPadding(0)
                .outputShape(Shape.of(1, 1, 1, 1)));
    says("Conv2D: expected filters of at least 1, received 0.", () -> Conv2D.of(0, 3));
    says("Conv2D: expected kernel width of at least 1, received 0.", () -> Conv2D.of(1, 3, 0));
    says(
        "MaxPooling2D: expected pool height of at least 1, received -1.",
        () -> MaxPooling2D.of(-1));
    says(
        "setting 'strides': expected two whole numbers of at least 1, received [1].",
        () ->
            Layers.registry()
                .create(
                    "Conv2D",
                    Config.map(
                        "filters",
                        1,
                        "kernelSize",
                        List.of(3, 3),
                        "strides",
                        List.of(1),
                        "dilationRate",
                        List.of(1, 1))));
    assertThat(Conv2D.of(1, 3).padding(Padding.SAME).outputShape(Shape.of(1, 2, 2, 1)))
        .isEqualTo(Shape.of(1, 2, 2, 1));
  }

  @Test
  void reshape() {
    says(
        "Reshape 'reshape': expected samples of 12 elements for the target shape (3, 4), received"
            + " shape (None, 10) with 10. The numbers of elements must agree; the batch axis is not"
            + " part of the target.",
        () -> Reshape.of(3, 4).outputShape(Shape.of(Shape.BATCH, 10)));
    says(
        "Reshape 'reshape': expected samples of a multiple of 4 elements for the target shape (None,"
            + " 4), received shape (2, 10) with 10. The numbers of elements must agree; the batch"
            + " axis is not part of the target.",
        () -> Reshape.of(-1, 4).outputShape(Shape.of(2, 10)));
    says(
        "Reshape: expected at most one -1, received [-1, -1]. Give all lengths but one.",
        () -> Reshape.of(-1, -1));
    says(
        "Reshape: expected axis lengths of at least 1, or one -1, received [0].",
        () -> Reshape.of(0));
  }

  @Test
  void dropout() {
    says(
        "Dropout: expected a rate from 0 to below 1, received 1.0. It is the share of the inputs that"
            + " is dropped.",
        () -> Dropout.of(1));
    says(
        "Dropout: expected a rate from 0 to below 1, received NaN. It is the share of the inputs that"
            + " is dropped.",
        () -> Dropout.of(Double.NaN));
  }

  @Test
  void batchNormalization() {
    says(
        "BatchNormalization: expected a momentum from 0 to 1, received 1.5. Keras's is 0.99.",
        () -> BatchNormalization.of().momentum(1.5));
    says(
        "BatchNormalization: expected an epsilon above 0, received 0.0. Keras's is 0.001.",
        () -> BatchNormalization.of().epsilon(0));
    BatchNormalization layer = BatchNormalization.of();
    layer.build(Shape.of(Shape.BATCH, 4));
    says(
        "BatchNormalization 'batch_normalization': expected input with last axis 4, received shape"
            + " (2, 5). The layer was built for samples of another size.",
        () -> layer.call(Tensor.zeros(Shape.of(2, 5))));
    says(
        "BatchNormalization 'batch_normalization': expected input of shape (batch, ..., features),"
            + " received shape (2,). Use expandDims(-1) if there is a single feature.",
        () -> layer.call(Tensor.zeros(Shape.of(2))));
  }

  @Test
  void everySettingOfABuiltLayerIsFixed() {
    Dense layer = Dense.of(2);
    layer.build(Shape.of(Shape.BATCH, 3));
    assertThatThrownBy(() -> layer.activation(Activations.RELU))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Dense 'dense': expected an unbuilt layer, but it has its weights already: activation"
                + " returns a new layer and would lose them. Set it before the layer is used.");
    assertThatThrownBy(() -> layer.kernelInitializer(Ones.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kernelInitializer returns a new layer");
    MaxPooling2D pooling = MaxPooling2D.of();
    pooling.build(Shape.of(Shape.BATCH, 4, 4, 1));
    assertThatThrownBy(() -> pooling.padding(Padding.SAME))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("padding returns a new layer");
  }

  @Test
  void namesAndTypes() {
    says(
        "Layer: expected a name that is not blank and has no '/', received 'a/b'. The names of"
            + " weights are paths: 'encoder/dense/kernel'.",
        () -> Dense.of(1).name("a/b"));
    says(
        "Layer: expected dtype float32 or float64, received int32. Labels and pictures may have other"
            + " types; weights may not.",
        () -> Dense.of(1).dtype(DType.INT32));
    says(
        "Model: expected layers of different names, received two named 'a'. Rename one with"
            + " name(\"...\").",
        () -> Sequential.of(Dense.of(1).name("a"), Dense.of(1).name("a")));
  }

  @Test
  void callArguments() {
    says(
        "Dense 'dense': unknown call argument 'applySigmoid'. It knows none; declare one by"
            + " overriding callArguments().",
        () ->
            Dense.of(2)
                .call(
                    Tensor.zeros(Shape.of(1, 2)), Context.inference().with("applySigmoid", true)));
    says(
        "Sequential 'sequential': unknown call argument 'applySigmoid'. It knows none; declare one by"
            + " overriding callArguments().",
        () ->
            Sequential.of(Input.of(2), Dense.of(2))
                .predict(Tensor.zeros(Shape.of(1, 2)), 32, Map.of("applySigmoid", true)));
  }

  @Test
  void randomLayersNeedAKey() {
    assertThatThrownBy(() ->
            Dropout.of(0.5).call(Tensor.ones(Shape.of(1, 2)), Context.inference().training(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Context: expected a random key, since a layer draws random numbers; this pass has none."
                + " Use Context.inference(seed) or Context.training(seed).");
  }
}
