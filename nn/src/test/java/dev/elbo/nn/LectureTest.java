package dev.elbo.nn;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.ImageSplits;
import dev.elbo.data.Mnist;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.LossFunction;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lecture shows of models, on the embedded digits, raw pixels from 0 to 255. */
final class LectureTest {
  private static ImageSplits digits;

  @BeforeAll
  static void load() {
    digits = Mnist.sample();
  }

  private static Sequential model(boolean softmax, long seed) {
    Dense last = Dense.of(10);
    Sequential model =
        Sequential.of(
                Flatten.of(),
                Dense.of(128).activation(RELU).kernelRegularizer(l1()),
                Dropout.of(0.2),
                softmax ? last.activation(SOFTMAX) : last)
            .seed(seed);
    model.silence("unscaled-images");
    return model;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void thePenaltyOfTheFirstKernelIsGlorots(long seed) {
    Sequential model = model(true, seed);
    model.call(digits.train().images().slice(0, 0, 10));
    assertThat(model.losses().keySet()).containsExactly("dense/kernel");
    // 0.01 * 784 * 128 * sqrt(6 / 912) / 2 = 40.70
    assertThat(model.losses().get("dense/kernel").item()).isCloseTo(40.7, within(0.5));
  }

  @Test
  void theObjectiveOnRawPixelsIsTheLossOfTheLogitsAndThePenalty() {
    Sequential model = model(true, 1);
    Tensor images = digits.train().images();
    Tensor labels = digits.train().labels();
    Tensor prediction = model.call(images);
    assertThat(prediction.shape()).isEqualTo(Shape.of(10_000, 10));
    double loss = SparseCategoricalCrossentropy.of().call(labels, prediction).item();
    double penalty = model.losses().values().stream().mapToDouble(Tensor::item).sum();
    assertThat(penalty).isCloseTo(40.7, within(0.5));
    // A clipped probability cannot cost more than 16.118: the mean comes from the logits.
    assertThat(loss).isBetween(50.0, 250.0);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of());
    assertThat(model.evaluate(images, labels).get("loss"))
        .isCloseTo(loss + penalty, within(1e-3 * loss));

    float[] perSample = Losses.sparseCategoricalCrossentropy(labels, prediction).toFloats();
    assertThat(perSample).hasSize(10_000);
    int above = 0;
    for (float value : perSample) {
      above += value > 16.2f ? 1 : 0;
    }
    assertThat(above).isGreaterThan(5_000);
  }

  @Test
  void eachOfTheFourLossesTrains() {
    record Case(boolean softmax, boolean oneHot, LossFunction loss) {}
    List<Case> cases =
        List.of(
            new Case(true, false, Losses::sparseCategoricalCrossentropy),
            new Case(false, false, Nn::sparseSoftmaxCrossEntropyWithLogits),
            new Case(false, true, Nn::softmaxCrossEntropyWithLogits),
            new Case(true, true, Losses::categoricalCrossentropy));
    Tensor images = digits.train().images().slice(0, 0, 2_000).evaluate();
    Tensor labels = digits.train().labels().slice(0, 0, 2_000).evaluate();
    Tensor oneHot = Tensor.oneHot(labels, 10).evaluate();
    for (Case each : cases) {
      Sequential model = model(each.softmax(), 1);
      // The notes compile without an optimizer, which is RMSprop in Keras.
      model.compile(RMSprop.of(), each.loss());
      List<String> lines = new ArrayList<>();
      History history =
          model.fit(
              images,
              each.oneHot() ? oneHot : labels,
              Fit.epochs(2).seed(3).progress(Progress.lines(lines::add)));
      assertThat(history.metrics().keySet()).containsExactly("loss");
      assertThat(history.get("loss")).hasSize(2);
      assertThat(history.last("loss")).isLessThan(history.get("loss").getFirst() / 1.5);
      assertThat(lines.getFirst()).startsWith("Epoch 1/2 - 63/63 - ").contains("/step - loss: ");
    }
  }

  @Test
  void theClassifierLearnsDigits() {
    Tensor train = digits.train().images().cast(DType.FLOAT32).divide(255).evaluate();
    Tensor test = digits.test().images().cast(DType.FLOAT32).divide(255).evaluate();
    Sequential model =
        Sequential.of(Flatten.of(), Dense.of(128).activation(RELU), Dropout.of(0.2), Dense.of(10))
            .seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    History history =
        model.fit(
            train,
            digits.train().labels(),
            Fit.epochs(3).validationSplit(0.1).progress(Progress.none()));
    assertThat(history.last("val_accuracy")).isGreaterThan(0.92);
    assertThat(model.evaluate(test, digits.test().labels()).get("accuracy")).isGreaterThan(0.90);
    Tensor classes = model.predict(test).argmax(-1);
    double right = classes.equal(digits.test().labels()).cast(DType.FLOAT32).mean().item();
    assertThat(right)
        .isCloseTo(model.evaluate(test, digits.test().labels()).get("accuracy"), within(1e-6));
  }
}
