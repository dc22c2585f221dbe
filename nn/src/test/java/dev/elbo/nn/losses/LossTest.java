package dev.elbo.nn.losses;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Nn;
import dev.elbo.nn.internal.LogRecords;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What single losses do with labels, clipping and activations; the messages of their errors. */
final class LossTest {
  private static final Tensor LOGITS =
      Tensor.of(new float[][] {{200, -100, 3}, {-50, 0, 60}, {1, 2, 3}});

  @Test
  void integerLabelsOfAnyTypeWork() {
    Tensor int32 = Tensor.of(2, 0, 1);
    Tensor uint8 = Tensor.ofUint8(new byte[] {2, 0, 1}, Shape.of(3));
    SparseCategoricalCrossentropy loss = SparseCategoricalCrossentropy.of().fromLogits(true);
    assertSame(loss.call(uint8, LOGITS), loss.call(int32, LOGITS));
    assertSame(loss.call(int32.expandDims(-1), LOGITS), loss.call(int32, LOGITS));
    Tensor bits = Tensor.ofUint8(new byte[] {1, 0, 1}, Shape.of(3, 1));
    Tensor column = LOGITS.slice(1, 0, 1);
    assertSame(
        BinaryCrossentropy.of().fromLogits(true).call(bits, column),
        BinaryCrossentropy.of().fromLogits(true).call(bits.cast(DType.FLOAT32), column));
    assertSame(
        MeanSquaredError.of().call(bits, column),
        MeanSquaredError.of().call(bits.cast(DType.FLOAT32), column));
  }

  @Test
  void aColumnOfPredictionsGoesWithAVectorOfLabels() {
    Tensor column = Tensor.of(new float[][] {{0.2f}, {0.7f}, {0.9f}});
    Tensor vector = Tensor.of(0f, 1f, 1f);
    // Not (3,) against (3, 1) broadcast to (3, 3).
    assertThat(Losses.meanSquaredError(vector, column).toFloats())
        .containsExactly(new float[] {0.04f, 0.09f, 0.01f}, within(1e-6f));
    assertThat(Losses.meanSquaredError(vector.expandDims(-1), column.squeeze(-1)).toFloats())
        .containsExactly(new float[] {0.04f, 0.09f, 0.01f}, within(1e-6f));
    assertThat(Losses.binaryCrossentropy(vector, column).toDoubles())
        .containsExactly(
            new double[] {-Math.log(0.8), -Math.log(0.7), -Math.log(0.9)}, within(1e-6));
  }

  @Test
  void theCostOfASoftmaxIsThatOfItsLogits() {
    Tensor labels = Tensor.of(1, 0, 2);
    Tensor oneHot = Tensor.oneHot(labels, 3);
    Tensor softmax = LOGITS.softmax(-1);
    assertSame(
        Losses.sparseCategoricalCrossentropy(labels, softmax),
        Nn.sparseSoftmaxCrossEntropyWithLogits(labels, LOGITS));
    assertSame(
        Losses.categoricalCrossentropy(oneHot, softmax),
        Nn.softmaxCrossEntropyWithLogits(oneHot, LOGITS));
    assertThat(Losses.sparseCategoricalCrossentropy(labels, softmax).toFloats()[0]).isEqualTo(300f);
    // Numbers that come from nowhere are clipped: the softmax has rounded 1e-130 to 0.
    Tensor numbers = Tensor.of(softmax.toFloats(), softmax.shape());
    assertThat(Losses.sparseCategoricalCrossentropy(labels, numbers).toFloats()[0])
        .isEqualTo(16.118095f, within(1e-4f));
  }

  @Test
  void theCostOfASigmoidIsThatOfItsLogits() {
    Tensor labels = Tensor.of(new float[][] {{0, 1, 1}, {1, 0, 0}, {0, 1, 0}});
    Tensor sigmoid = LOGITS.sigmoid();
    assertSame(
        Losses.binaryCrossentropy(labels, sigmoid),
        Nn.sigmoidCrossEntropyWithLogits(labels, LOGITS).mean(-1));
    assertThat(Losses.binaryCrossentropy(labels, sigmoid).toFloats()[0])
        .isEqualTo((float) ((200 + 100 + Math.log1p(Math.exp(-3))) / 3), within(1e-4f));
  }

  @Test
  void aSaturatedSoftmaxKeepsItsGradient() {
    Tensor labels = Tensor.of(1, 0, 2);
    Tensor gradient =
        Numbers.gradient(
            z -> SparseCategoricalCrossentropy.of().call(labels, z.softmax(-1)), LOGITS);
    Tensor expected = LOGITS.softmax(-1).subtract(Tensor.oneHot(labels, 3)).divide(3);
    assertClose(gradient, expected, 1e-6, 1e-7);
    Tensor fromClipped =
        Numbers.gradient(
            z -> SparseCategoricalCrossentropy.of().call(labels, z.softmax(-1).multiply(1)),
            LOGITS);
    assertThat(fromClipped.toFloats()[1]).as("what clipping does to it").isZero();
  }

  @Test
  void fromLogitsTakesASoftmaxForLogits() {
    Tensor labels = Tensor.of(1, 0, 2);
    Tensor softmax = LOGITS.softmax(-1);
    try (LogRecords log = new LogRecords()) {
      assertSame(
          SparseCategoricalCrossentropy.of().fromLogits(true).perSample(labels, softmax),
          Nn.sparseSoftmaxCrossEntropyWithLogits(labels, softmax));
      assertThat(log.messages())
          .hasSize(2)
          .allMatch(
              message -> message.contains("expected logits, received the output of a softmax"));
    }
  }

  @Test
  void labelSmoothingMovesAPartOfTheLabel() {
    Tensor oneHot = Tensor.of(new float[][] {{0, 1, 0, 0}});
    Tensor even = Tensor.of(new float[][] {{0.1f, 0.7f, 0.1f, 0.1f}});
    assertThat(CategoricalCrossentropy.of().labelSmoothing(0.4).call(oneHot, even).item())
        .isEqualTo(-(0.7 * Math.log(0.7) + 0.3 * Math.log(0.1)), within(1e-6));
    assertThat(
            BinaryCrossentropy.of()
                .labelSmoothing(0.4)
                .call(Tensor.of(new float[][] {{1}}), Tensor.of(new float[][] {{0.7f}}))
                .item())
        .isEqualTo(-(0.8 * Math.log(0.7) + 0.2 * Math.log(0.3)), within(1e-6));
  }

  @Test
  void noLabelSmoothingChangesNothing() {
    Tensor oneHot = Tensor.oneHot(Tensor.of(1, 0, 2), 3);
    assertSame(
        CategoricalCrossentropy.of().fromLogits(true).labelSmoothing(0).call(oneHot, LOGITS),
        CategoricalCrossentropy.of().fromLogits(true).call(oneHot, LOGITS));
  }

  @Test
  void sparseAndOneHotLabelsCostTheSame() {
    Tensor labels = Tensor.of(1, 0, 2);
    assertClose(
        Losses.sparseCategoricalCrossentropy(labels, LOGITS, true),
        Losses.categoricalCrossentropy(Tensor.oneHot(labels, 3), LOGITS, true));
  }

  @Test
  void anInfiniteLogitOfAnotherClassIsNoHarm() {
    Tensor masked = Tensor.of(new float[][] {{1, Float.NEGATIVE_INFINITY, 1}});
    assertThat(Losses.sparseCategoricalCrossentropy(Tensor.of(0), masked, true).item())
        .isEqualTo(Math.log(2), within(1e-6));
  }

  @Test
  void aLabelOutsideTheClassesIsNotANumber() {
    Tensor costs = Losses.sparseCategoricalCrossentropy(Tensor.of(3, -1, 0), LOGITS, true);
    assertThat(costs.toFloats()[0]).isNaN();
    assertThat(costs.toFloats()[1]).isNaN();
    assertThat(costs.toFloats()[2]).isFinite();
  }

  @Test
  void weightsReachInnerAxes() {
    Tensor y = Tensor.zeros(Shape.of(2, 3, 4));
    Tensor p = Tensor.ones(Shape.of(2, 3, 4));
    Loss loss = MeanSquaredError.of().reduction(Reduction.NONE);
    assertThat(loss.call(y, p, Tensor.of(1f, 2f)).toFloats()).containsExactly(1, 1, 1, 2, 2, 2);
    Tensor parts = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(loss.call(y, p, parts).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    Tensor mask = Tensor.of(new boolean[] {true, false}, Shape.of(2));
    assertThat(loss.call(y, p, mask).toFloats()).containsExactly(1, 1, 1, 0, 0, 0);
  }

  @Test
  void anyFunctionIsALoss() {
    Loss loss = Loss.of("distance", (y, p) -> y.subtract(p).abs().mean(-1));
    assertThat(loss.name()).isEqualTo("distance");
    Tensor y = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    assertThat(loss.call(y, y.add(2)).item()).isEqualTo(2);
    assertThat(loss.reduction(Reduction.SUM).call(y, y.add(2)).item()).isEqualTo(4);
    assertThatThrownBy(loss::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "loss 'distance': a plain function has no registered name and cannot be saved. Use one"
                + " of Losses, or save the weights alone.");
  }

  @Test
  void namesAreKeras() {
    assertThat(MeanSquaredError.of().name()).isEqualTo("mean_squared_error");
    assertThat(BinaryCrossentropy.of().name()).isEqualTo("binary_crossentropy");
    assertThat(CategoricalCrossentropy.of().name()).isEqualTo("categorical_crossentropy");
    assertThat(SparseCategoricalCrossentropy.of().name())
        .isEqualTo("sparse_categorical_crossentropy");
    assertThat(KLDivergence.of().name()).isEqualTo("kl_divergence");
  }

  @Test
  void errorsNameTheRemedy() {
    Tensor classes = Tensor.of(1, 0, 2);
    Tensor oneHot = Tensor.oneHot(classes, 3);
    Loss sparse = SparseCategoricalCrossentropy.of().fromLogits(true);
    assertThatThrownBy(() -> sparse.call(oneHot, LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparseCategoricalCrossentropy: expected one class index a prediction, labels of shape"
                + " (3,) for predictions of shape (3, 3), received shape (3, 3). For one-hot labels"
                + " use CategoricalCrossentropy, or labels.argmax(-1).");
    assertThatThrownBy(() -> CategoricalCrossentropy.of().call(classes, LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CategoricalCrossentropy: expected labels of the predictions' shape (3, 3), received"
                + " shape (3,). For class indices use SparseCategoricalCrossentropy, or"
                + " Tensor.oneHot(labels, classes).");
    assertThatThrownBy(() -> MeanSquaredError.of().call(Tensor.zeros(Shape.of(3, 2)), LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MeanSquaredError: expected labels of the predictions' shape (3, 3), received shape"
                + " (3, 2). The model's last layer must have as many units as the labels have"
                + " columns.");
    assertThatThrownBy(() -> sparse.call(Tensor.of(1f, 0f, 2f), LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparseCategoricalCrossentropy: expected class indices, int32 or uint8, received"
                + " float32 of shape (3,). Use labels.cast(DType.INT32) if they are whole numbers.");
    assertThatThrownBy(() -> sparse.call(Tensor.of(1, 0), LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparseCategoricalCrossentropy: expected one class index a prediction, labels of shape"
                + " (3,) for predictions of shape (3, 3), received shape (2,). Give as many labels"
                + " as there are predictions.");
    assertThatThrownBy(() -> CategoricalCrossentropy.of().labelSmoothing(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CategoricalCrossentropy: expected labelSmoothing from 0 to 1, received 1.5. 0.1 moves a"
                + " tenth of each label to the other classes.");
  }
}
