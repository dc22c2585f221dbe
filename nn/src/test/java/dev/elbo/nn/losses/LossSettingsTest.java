package dev.elbo.nn.losses;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Fit;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the settings of single losses do, and the messages of their errors. */
final class LossSettingsTest {
  private static final Tensor LOGITS =
      Random.normal(Shape.of(4, 3)).dtype(DType.FLOAT64).stddev(2).seed(1);
  private static final Tensor PREDICTIONS = LOGITS.softmax(-1).add(0);

  @Test
  void ignoredLabelsAreNotCounted() {
    Tensor labels = Tensor.of(0, 255, 2, 255);
    Tensor counted = Tensor.of(0, 2);
    Tensor rows = LOGITS.gather(Tensor.of(0, 2));
    SparseCategoricalCrossentropy loss =
        SparseCategoricalCrossentropy.of().fromLogits(true).ignoreClass(255);
    Tensor costs = Nn.sparseSoftmaxCrossEntropyWithLogits(counted, rows);
    // Keras adds 1e-7 to the number of labels that are counted.
    assertClose(loss.call(labels, LOGITS), costs.mean(), 1e-6, 0);
    assertClose(loss.reduction(Reduction.SUM).call(labels, LOGITS), costs.sum());
    Tensor weights = Tensor.of(2.0, 5, 1, 5);
    double weighted = 2 * costs.toDoubles()[0] + costs.toDoubles()[1];
    assertThat(loss.call(labels, LOGITS, weights).item()).isEqualTo(weighted / 2, within(1e-6));
    assertThat(
            loss.reduction(Reduction.MEAN_WITH_SAMPLE_WEIGHT).call(labels, LOGITS, weights).item())
        .isEqualTo(weighted / 3, within(1e-12));
    assertThat(loss.reduction(Reduction.NONE).call(labels, LOGITS).toDoubles())
        .containsExactly(costs.toDoubles()[0], 0, costs.toDoubles()[1], 0);
    assertThat(loss.call(Tensor.of(255, 255, 255, 255), LOGITS).item()).isZero();
  }

  @Test
  void aModelTrainsOnLabelsOfWhichSomeAreIgnored() {
    Sequential model = Sequential.of(Dense.of(3)).seed(1);
    SparseCategoricalCrossentropy loss = SparseCategoricalCrossentropy.of().fromLogits(true);
    model.compile(SGD.of(), loss.ignoreClass(-1));
    Tensor labels = Tensor.of(0, -1, 2, -1);
    Tensor x = LOGITS.cast(DType.FLOAT32);
    Fit fit = Fit.epochs(1).progress(Progress.none());
    assertThat(model.fit(x, labels, fit).last("loss")).isFinite();
    model.compile(SGD.of(), loss);
    assertThatThrownBy(() -> model.fit(x, labels, fit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("received labels from -1 to 2");
  }

  @Test
  void focalLossesOfAnActivationAreThoseOfItsLogits() {
    Tensor bits = Tensor.oneHot(Tensor.of(0, 1, 2, 0), 3).cast(DType.FLOAT64);
    assertSame(
        Losses.binaryFocalCrossentropy(bits, LOGITS.sigmoid()),
        BinaryFocalCrossentropy.of().fromLogits(true).perSample(bits, LOGITS));
    assertSame(
        Losses.categoricalFocalCrossentropy(bits, LOGITS.softmax(-1)),
        CategoricalFocalCrossentropy.of().fromLogits(true).perSample(bits, LOGITS));
  }

  @Test
  void withoutGammaAndAlphaAFocalLossIsACrossentropy() {
    Tensor bits = Tensor.oneHot(Tensor.of(0, 1, 2, 0), 3).cast(DType.FLOAT64);
    assertClose(
        CategoricalFocalCrossentropy.of().alpha(1).gamma(0).perSample(bits, PREDICTIONS),
        Losses.categoricalCrossentropy(bits, PREDICTIONS));
    assertClose(
        BinaryFocalCrossentropy.of().gamma(0).perSample(bits, PREDICTIONS),
        Losses.binaryCrossentropy(bits, PREDICTIONS));
    assertClose(Losses.dice(bits, PREDICTIONS), Losses.tversky(bits, PREDICTIONS), 1e-6, 0);
  }

  @Test
  void overlapLossesGiveOneCostForAllSamplesUnlessAskedForAxes() {
    Tensor bits = Tensor.oneHot(Tensor.of(0, 1, 2, 0), 3).cast(DType.FLOAT64);
    for (Loss loss : new Loss[] {Dice.of(), Tversky.of()}) {
      assertThat(loss.perSample(bits, PREDICTIONS).shape()).isEqualTo(Shape.scalar());
      assertThat(loss.call(bits, PREDICTIONS).item()).isBetween(0.0, 1.0);
      assertThat(loss.call(bits, bits).item()).isEqualTo(0, within(1e-7));
      refuses(
          () -> loss.call(bits, PREDICTIONS, Tensor.of(1.0, 2, 3, 4)),
          "loss '"
              + loss.name()
              + "': expected sample weights of the first axes of (), received shape (4,). Give one"
              + " weight a sample.");
    }
  }

  @Test
  void aVectorOfZerosHasNoDirection() {
    Tensor zeros = Tensor.zeros(Shape.of(1, 3));
    assertThat(Losses.cosineSimilarity(Tensor.ones(Shape.of(1, 3)), zeros).item())
        .isEqualTo(0, within(1e-12));
  }

  @Test
  void errorsNameTheRemedy() {
    refuses(
        () -> Huber.of().delta(0),
        "Huber: expected a finite delta above 0, received 0.0. It is the error from which on the"
            + " cost grows linearly; Keras's is 1.");
    refuses(
        () -> CategoricalGeneralizedCrossEntropy.of().q(1),
        "CategoricalGeneralizedCrossEntropy: expected q above 0 and below 1, received 1.0. Use a"
            + " cross-entropy for 0, MeanAbsoluteError for 1.");
    refuses(
        () -> BinaryFocalCrossentropy.of().gamma(-1),
        "BinaryFocalCrossentropy: expected a finite gamma of 0 or more, received -1.0. 0 is the"
            + " plain cross-entropy; Keras's is 2.");
    refuses(
        () -> CategoricalFocalCrossentropy.of().alpha(0.5, 2),
        "CategoricalFocalCrossentropy: expected alpha from 0 to 1, received 2.0. It is the weight"
            + " of a class; Keras's is 0.25.");
    refuses(
        () -> CategoricalFocalCrossentropy.of().alpha(),
        "CategoricalFocalCrossentropy: expected one alpha, or one for each class, received none."
            + " Keras's is 0.25.");
    refuses(
        () -> CategoricalFocalCrossentropy.of().alpha(0.5, 0.2).call(PREDICTIONS, PREDICTIONS),
        "CategoricalFocalCrossentropy: expected one alpha, or one for each of 3 classes, received"
            + " 2. Give the last layer as many units as there are classes.");
    refuses(
        () -> CategoricalCrossentropy.of().axis(2).call(PREDICTIONS, PREDICTIONS),
        "CategoricalCrossentropy: expected an axis from -2 to 1 for predictions of shape (4, 3),"
            + " received 2. -1 is the last axis.");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
