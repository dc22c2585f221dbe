package dev.elbo.nn;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.internal.LogRecords;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The cross-entropies of logits as tf.nn has them. */
final class NnTest {
  private static final Tensor LOGITS =
      Random.normal(Shape.of(3, 4)).dtype(DType.FLOAT64).stddev(3).seed(5);
  private static final Tensor CLASSES = Tensor.of(2, 0, 3);

  @Test
  void softmaxCrossEntropyIsNotReduced() {
    Tensor oneHot = Tensor.oneHot(CLASSES, 4);
    Tensor costs = Nn.softmaxCrossEntropyWithLogits(oneHot, LOGITS);
    assertThat(costs.shape()).isEqualTo(Shape.of(3));
    assertClose(costs, LOGITS.softmax(-1).log().multiply(oneHot).sum(-1).negate(), 1e-12, 1e-12);
    assertGradient(z -> Nn.softmaxCrossEntropyWithLogits(oneHot, z).sum(), LOGITS);
  }

  @Test
  void sparseGradientIsSoftmaxLessOneHot() {
    Tensor gradient =
        Numbers.gradient(z -> Nn.sparseSoftmaxCrossEntropyWithLogits(CLASSES, z).sum(), LOGITS);
    assertClose(gradient, LOGITS.softmax(-1).subtract(Tensor.oneHot(CLASSES, 4)), 1e-14, 1e-15);
  }

  @Test
  void sigmoidCrossEntropyIsOfEachElement() {
    Tensor labels = Tensor.of(new float[][] {{1, 0, 0.5f}});
    Tensor logits = Tensor.of(new float[][] {{100, -100, 0}});
    assertThat(Nn.sigmoidCrossEntropyWithLogits(labels, logits).toDoubles())
        .containsExactly(new double[] {0, 0, Math.log(2)}, within(1e-7));
    assertThat(Nn.sigmoidCrossEntropyWithLogits(labels.negate().add(1), logits).toDoubles())
        .containsExactly(new double[] {100, 100, Math.log(2)}, within(1e-5));
  }

  @Test
  void neverLooksThroughAnActivation() {
    Tensor probabilities = LOGITS.softmax(-1);
    Tensor array = Tensor.of(probabilities.toDoubles(), probabilities.shape());
    try (LogRecords log = new LogRecords()) {
      Numbers.assertSame(
          Nn.sparseSoftmaxCrossEntropyWithLogits(CLASSES, probabilities),
          Nn.sparseSoftmaxCrossEntropyWithLogits(CLASSES, array));
      Numbers.assertSame(
          Nn.sigmoidCrossEntropyWithLogits(LOGITS, LOGITS.sigmoid()),
          Nn.sigmoidCrossEntropyWithLogits(
              LOGITS, Tensor.of(LOGITS.sigmoid().toDoubles(), LOGITS.shape())));
      assertThat(log.messages())
          .hasSize(2)
          .allMatch(message -> message.contains("expected logits, received the output of a"));
    }
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> Nn.softmaxCrossEntropyWithLogits(CLASSES, LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "softmaxCrossEntropyWithLogits: expected labels of the logits' shape (3, 4), received"
                + " shape (3,). For class indices use sparseSoftmaxCrossEntropyWithLogits, or"
                + " Tensor.oneHot(labels, 4).");
    assertThatThrownBy(() -> Nn.sparseSoftmaxCrossEntropyWithLogits(LOGITS, LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sparseSoftmaxCrossEntropyWithLogits: expected one class index a prediction, labels of"
                + " shape (3,) for predictions of shape (3, 4), received shape (3, 4). For one-hot"
                + " labels use softmaxCrossEntropyWithLogits.");
    assertThatThrownBy(() -> Nn.sigmoidCrossEntropyWithLogits(CLASSES, LOGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sigmoidCrossEntropyWithLogits: expected labels of the logits' shape (3, 4), received"
                + " shape (3,). Reshape one of them; (batch) goes with (batch, 1) by"
                + " expandDims(-1).");
  }
}
