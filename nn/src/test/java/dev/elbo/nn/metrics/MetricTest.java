package dev.elbo.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.losses.Losses;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What single metrics do, and the messages of their errors. */
final class MetricTest {
  private static final Tensor SCORES =
      Tensor.of(new float[][] {{0.1f, 0.7f, 0.2f}, {0.5f, 0.2f, 0.3f}, {0.2f, 0.2f, 0.6f}});

  @Test
  void accuracyPicksItsKindByTheShapes() {
    Tensor classes = Tensor.of(1, 2, 2);
    assertThat(accuracy(classes, SCORES)).isEqualTo(2.0 / 3, within(1e-7));
    assertThat(accuracy(classes.expandDims(-1), SCORES)).isEqualTo(2.0 / 3, within(1e-7));
    assertThat(accuracy(Tensor.ofUint8(new byte[] {1, 2, 2}, Shape.of(3)), SCORES))
        .isEqualTo(2.0 / 3, within(1e-7));
    assertThat(accuracy(Tensor.oneHot(classes, 3), SCORES)).isEqualTo(2.0 / 3, within(1e-7));
    Tensor column = SCORES.slice(1, 1, 2);
    assertThat(accuracy(Tensor.of(1, 1, 0), column)).isEqualTo(2.0 / 3, within(1e-7));
    assertThat(accuracy(Tensor.of(1, 1, 0).expandDims(-1), column))
        .isEqualTo(2.0 / 3, within(1e-7));
    assertThat(accuracy(Tensor.of(1, 1, 0), column.squeeze(-1))).isEqualTo(2.0 / 3, within(1e-7));
  }

  private static double accuracy(Tensor yTrue, Tensor yPred) {
    Accuracy metric = Accuracy.of();
    metric.update(yTrue, yPred);
    return metric.result().item();
  }

  @Test
  void aProbabilityOfOneHalfIsNotAboveIt() {
    BinaryAccuracy metric = BinaryAccuracy.of();
    metric.update(Tensor.of(0f, 1f), Tensor.of(0.5f, 0.5f));
    assertThat(metric.result().item()).isEqualTo(0.5);
  }

  @Test
  void binaryAccuracyAveragesOutputsThenSamples() {
    BinaryAccuracy metric = BinaryAccuracy.of();
    metric.update(
        Tensor.of(new float[][] {{1, 0}, {1, 1}}),
        Tensor.of(new float[][] {{0.9f, 0.9f}, {0.8f, 0.7f}}));
    assertThat(metric.result().item()).isEqualTo(0.75);
  }

  @Test
  void theFirstOfEqualScoresWins() {
    SparseCategoricalAccuracy metric = SparseCategoricalAccuracy.of();
    metric.update(Tensor.of(0, 1), Tensor.of(new float[][] {{2, 2}, {2, 2}}));
    assertThat(metric.result().item()).isEqualTo(0.5);
  }

  @Test
  void meanOfWeightedValues() {
    Mean mean = Mean.of("loss");
    mean.update(Tensor.scalar(4));
    mean.update(Tensor.of(1f, 2f), Tensor.of(1f, 3f));
    assertThat(mean.result().item()).isEqualTo(11.0 / 5);
    mean.update(Tensor.of(new int[] {3, 3}, Shape.of(2)));
    assertThat(mean.result().item()).isEqualTo(17.0 / 7);
    assertThat(mean.name()).isEqualTo("loss");
  }

  @Test
  void meanOfMeans() {
    Mean mean = Mean.of("loss");
    assertThat(mean.count().item()).isZero();
    mean.updateMean(Tensor.scalar(0.1f), 3);
    mean.updateMean(Tensor.scalar(4), 2);
    // 0.1f in float64, times 3 in float64.
    assertThat(mean.result().item()).isEqualTo((3 * (double) 0.1f + 8) / 5);
    assertThat(mean.count().item()).isEqualTo(5);
    mean.reset();
    assertThat(mean.count().item()).isZero();
  }

  @Test
  void aLongEpochLosesNoDigits() {
    Mean mean = Mean.of("loss");
    mean.update(Tensor.full(Shape.of(1 << 20), 1 << 10));
    for (int i = 0; i < 100; i++) {
      mean.update(Tensor.scalar(1));
    }
    // In float32 a total of 2^30 would not feel an added 1.
    double expected = (Math.pow(2, 30) + 100) / (Math.pow(2, 20) + 100);
    assertThat(mean.result().item()).isEqualTo(expected, within(1e-12 * expected));
    assertThat(mean.result().dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void anyFunctionIsAMetric() {
    Metric metric = Metric.of("divergence", Losses::klDivergence);
    metric.update(SCORES, SCORES);
    assertThat(metric.result().item()).isEqualTo(0, within(1e-6));
    assertThat(metric.name()).isEqualTo("divergence");
    assertThatThrownBy(metric::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "metric 'divergence': a plain function has no registered name and cannot be saved. Use"
                + " one of Metrics, or save the weights alone.");
  }

  @Test
  void namesAreKeras() {
    assertThat(Accuracy.of().name()).isEqualTo("accuracy");
    assertThat(BinaryAccuracy.of().name()).isEqualTo("binary_accuracy");
    assertThat(CategoricalAccuracy.of().name()).isEqualTo("categorical_accuracy");
    assertThat(SparseCategoricalAccuracy.of().name()).isEqualTo("sparse_categorical_accuracy");
    assertThat(MeanSquaredError.of().name()).isEqualTo("mean_squared_error");
  }

  @Test
  void errorsNameTheRemedy() {
    Tensor classes = Tensor.of(1, 2, 2);
    assertThatThrownBy(() -> CategoricalAccuracy.of().update(classes, SCORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CategoricalAccuracy: expected labels of the predictions' shape (3, 3), received shape"
                + " (3,). For class indices use SparseCategoricalAccuracy.of().");
    assertThatThrownBy(
            () -> SparseCategoricalAccuracy.of().update(Tensor.oneHot(classes, 3), SCORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparseCategoricalAccuracy: expected one class index a prediction, labels of shape (3,)"
                + " for predictions of shape (3, 3), received shape (3, 3). For one-hot labels use"
                + " CategoricalAccuracy.of().");
    assertThatThrownBy(() -> BinaryAccuracy.of().threshold(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BinaryAccuracy: expected a threshold from 0 to 1, received 2.0. Compare probabilities;"
                + " logits are above 0 where these are above 0.5.");
    assertThatThrownBy(() -> Mean.of("loss").update(SCORES, Tensor.of(1f, 2f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Mean 'loss': expected sample weights of the first axes of (3, 3), received shape (2,)."
                + " Give one weight a sample.");
  }
}
