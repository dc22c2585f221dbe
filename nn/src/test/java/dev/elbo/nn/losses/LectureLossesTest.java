package dev.elbo.nn.losses;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Nn;
import dev.elbo.nn.internal.LogRecords;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of the lecture map that are about losses, with the lecture's numbers. */
final class LectureLossesTest {

  @Test
  void row2KlDivergenceClipsBothDistributions() {
    Tensor p = Tensor.of(new float[][] {{0.25f, 0.75f}, {0, 1}, {0.5f, 0.5f}});
    Tensor q = Tensor.of(new float[][] {{0.5f, 0.5f}, {0.5f, 0.5f}, {0, 1}});
    Tensor divergence = Losses.klDivergence(p, q);
    assertThat(divergence.shape()).isEqualTo(Shape.of(3));
    assertThat(divergence.toDoubles())
        .containsExactly(
            new double[] {
              0.25 * Math.log(0.5) + 0.75 * Math.log(1.5),
              1e-7 * Math.log(1e-7 / 0.5) + Math.log(2),
              0.5 * Math.log(0.5 / 1e-7) + 0.5 * Math.log(0.5)
            },
            within(1e-5));
  }

  /** Raw 0-255 pixels make logits so far apart that the probabilities are rounded to 0 and 1. */
  @Test
  void row10ASoftmaxOfRawPixelsCostsMoreThanAClippedProbabilityCan() {
    Tensor pixels = Random.uniform(Shape.of(600, 784)).range(0, 255).seed(10);
    Tensor kernel = Random.normal(Shape.of(784, 10)).stddev(0.05).seed(11);
    Tensor logits = pixels.matmul(kernel);
    Tensor labels = Random.uniform(Shape.of(600)).range(0, 10).seed(12).floor();
    Tensor y = labels.cast(DType.INT32);
    Tensor prediction = logits.softmax(-1);

    Tensor costs = Losses.sparseCategoricalCrossentropy(y, prediction);
    assertThat(costs.shape()).isEqualTo(Shape.of(600));
    assertSame(costs, Losses.sparseCategoricalCrossentropy(y, logits, true));
    assertThat(costs.max().item()).isGreaterThan(100);

    Tensor mean = SparseCategoricalCrossentropy.of().call(y, prediction);
    assertThat(mean.shape()).isEqualTo(Shape.scalar());
    assertThat(mean.item()).isGreaterThan(16.2).isCloseTo(costs.mean().item(), within(1e-4));

    Tensor array = Tensor.of(prediction.toFloats(), prediction.shape());
    Tensor clipped = Losses.sparseCategoricalCrossentropy(y, array);
    assertThat(clipped.max().item()).isLessThan(16.2).isGreaterThan(16.1);

    try (LogRecords log = new LogRecords()) {
      assertThat(Nn.sparseSoftmaxCrossEntropyWithLogits(y, prediction).shape())
          .isEqualTo(Shape.of(600));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("expected logits, received the output of a softmax, of shape (600, 10)");
    }
  }

  @Test
  void row10LooksThroughASoftmaxThatHasBeenReadAlready() {
    Tensor logits = Tensor.of(new float[][] {{0, 200, 3}});
    Tensor prediction = logits.softmax(-1);
    assertThat(prediction.toFloats()).containsExactly(0, 1, 0);
    assertThat(Losses.sparseCategoricalCrossentropy(Tensor.of(0), prediction).item())
        .isEqualTo(200);
  }

  @Test
  void row11SoftmaxOutputsTakenForLogits() {
    Tensor right = Tensor.oneHot(Tensor.of(7), 10);
    Tensor costs =
        Nn.sparseSoftmaxCrossEntropyWithLogits(
            Tensor.of(7, 3), Tensor.concat(List.of(right, right), 0));
    assertThat(costs.toDoubles()).containsExactly(new double[] {1.461150, 2.461150}, within(1e-6));
    assertThat(Math.log(9 + Math.E)).isEqualTo(2.461150, within(1e-6));
  }

  @Test
  void row12LogitsTakenForProbabilities() {
    Tensor logits =
        Tensor.of(
            new float[][] {
              {-4, 7, 2, 30, -1, -2, -3, -4, -5, -6},
              {12, 7, 2, 30, 5, -2, -3, -4, -5, -6},
              {-4, 7, 2, 30, -1, -2, -3, -4, -5, -6}
            });
    try (LogRecords log = new LogRecords()) {
      Tensor costs = Losses.sparseCategoricalCrossentropy(Tensor.of(0, 0, 1), logits);
      assertThat(costs.toDoubles())
          .containsExactly(new double[] {17.216707, 1.6094378, 1.0986124}, within(2e-6));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("expected probabilities, received values from -6.0 to 30.0");
    }
  }

  @Test
  void row13FromLogitsIsTheMeanOfTheTensorFlowForm() {
    Tensor logits = Random.normal(Shape.of(100, 10)).stddev(50).seed(13);
    Tensor y =
        Random.permutation(100).seed(14).cast(DType.FLOAT32).divide(10).floor().cast(DType.INT32);
    Tensor scalar = SparseCategoricalCrossentropy.of().fromLogits(true).call(y, logits);
    assertThat(scalar.shape()).isEqualTo(Shape.scalar());
    assertSame(scalar, Nn.sparseSoftmaxCrossEntropyWithLogits(y, logits).mean());
  }
}
