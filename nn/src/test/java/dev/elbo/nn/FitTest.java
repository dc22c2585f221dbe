package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Dataset;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The semantics of fit and evaluate, in numbers. */
final class FitTest {
  private static final Tensor X = column(0, 1, 2, 3, 4);
  private static final Tensor Y = column(1, 3, 5, 7, 9);

  private static Tensor column(float... values) {
    return Tensor.of(values, Shape.of(values.length, 1));
  }

  private static Fit quiet(int epochs) {
    return Fit.epochs(epochs).progress(Progress.none());
  }

  /** {@code y = w x + b} from w = 0.5, b = 0. */
  private static Sequential line(Optimizer optimizer) {
    Sequential model = Sequential.of(Dense.of(1).kernelInitializer(Constant.of(0.5))).seed(1);
    model.compile(optimizer, MeanSquaredError.of());
    return model;
  }

  private static Sequential classifier(long seed) {
    Sequential model =
        Sequential.of(
                Flatten.of(),
                Dense.of(16).activation(Activations.RELU),
                Dropout.of(0.3),
                Dense.of(3))
            .seed(seed);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    return model;
  }

  private static Tensor images(int count) {
    return Random.normal(Shape.of(count, 2, 3)).seed(1);
  }

  private static Tensor classes(int count) {
    return Random.uniform(Shape.of(count)).range(0, 3).seed(2).cast(DType.INT32);
  }

  @Test
  void oneStepOfGradientDescent() {
    Sequential model = line(SGD.of().learningRate(0.1));
    History history = model.fit(X, Y, quiet(1));
    // Residuals 0.5 x - (2 x + 1) = -1.5 x - 1; gradients 2 mean(residual x) = -22, 2
    // mean(residual) = -8.
    assertThat(model.namedWeights().get("dense/kernel").value().item())
        .isCloseTo(0.5 + 2.2, within(1e-6));
    assertThat(model.namedWeights().get("dense/bias").value().item()).isCloseTo(0.8, within(1e-6));
    // mean of (1.5 x + 1)^2 before the step
    assertThat(history.get("loss").getFirst()).isCloseTo(20.5, within(1e-5));
    assertThat(history.epochs()).containsExactly(0);
  }

  @Test
  void itLearnsALine() {
    Sequential model = line(SGD.of().learningRate(0.05));
    History history = model.fit(X, Y, quiet(300));
    assertThat(model.predict(column(10)).item()).isCloseTo(21, within(0.01));
    assertThat(history.get("loss")).hasSize(300);
    assertThat(history.last("loss")).isLessThan(1e-4);
  }

  @Test
  void theLossOfAnEpochCountsEachExampleOnceThoughTheLastBatchIsSmaller() {
    Sequential model = line(SGD.of().learningRate(0));
    History history = model.fit(X, Y, quiet(1).batchSize(2));
    assertThat(history.get("loss").getFirst()).isCloseTo(20.5, within(1e-5));
    assertThat(model.evaluate(List.of(X), List.of(Y), 3).get("loss")).isCloseTo(20.5, within(1e-5));
  }

  @Test
  void theDefaultBatchSizeMakesOneStepOfFewExamples() {
    Sequential model = line(SGD.of().learningRate(0.1));
    int[] steps = {0};
    model.fit(
        X,
        Y,
        quiet(1)
            .callbacks(
                new Callback() {
                  @Override
                  public void onTrainBatchEnd(TrainingRun run) {
                    steps[0]++;
                    assertThat(run.steps()).isEqualTo(1);
                  }
                }));
    assertThat(steps[0]).isEqualTo(1);
    assertThat(model.namedWeights().get("dense/kernel").value().item())
        .isCloseTo(2.7, within(1e-6));
  }

  @Test
  void validationSplitHoldsBackTheLastPartWhateverTheShuffling() {
    Sequential model = line(SGD.of().learningRate(0));
    History history = model.fit(X, Y, quiet(2).validationSplit(0.4));
    // Squared residuals 1, 6.25, 16, 30.25, 49: the first three, and the last two.
    assertThat(history.get("loss")).allSatisfy(v -> assertThat(v).isCloseTo(7.75, within(1e-5)));
    assertThat(history.get("val_loss"))
        .allSatisfy(v -> assertThat(v).isCloseTo(39.625, within(1e-5)));
    assertThat(history.metrics().keySet()).containsExactly("loss", "val_loss");
  }

  @Test
  void validationDataIsEvaluatedAfterEachEpoch() {
    Sequential model = line(SGD.of().learningRate(0.01));
    List<Double> seen = new ArrayList<>();
    Callback evaluator =
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run) {
            seen.add(run.model().evaluate(X, Y).get("loss"));
          }
        };
    History history =
        model.fit(
            X.slice(0, 0, 2), Y.slice(0, 0, 2), quiet(3).validationData(X, Y).callbacks(evaluator));
    assertThat(history.get("val_loss")).isEqualTo(seen);
    History streamed =
        line(SGD.of().learningRate(0.01))
            .fit(X.slice(0, 0, 2), Y.slice(0, 0, 2), quiet(3).validationData(Dataset.of(X, Y)));
    assertThat(streamed.get("val_loss")).isEqualTo(seen);
  }

  @Test
  void evaluatingInACallbackLeavesTheRunningMeansAlone() {
    Callback evaluator =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            run.model().evaluate(X.add(5), Y);
          }
        };
    History with = line(SGD.of()).fit(X, Y, quiet(2).batchSize(2).seed(3).callbacks(evaluator));
    History without = line(SGD.of()).fit(X, Y, quiet(2).batchSize(2).seed(3));
    assertThat(with).isEqualTo(without);
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    Tensor x = images(70);
    Tensor y = classes(70);
    Sequential first = classifier(7);
    Sequential second = classifier(7);
    Sequential third = classifier(8);
    History history = first.fit(x, y, quiet(3).validationSplit(0.1));
    assertThat(second.fit(x, y, quiet(3).validationSplit(0.1))).isEqualTo(history);
    third.fit(x, y, quiet(3).validationSplit(0.1));
    assertThat(second.weightsFingerprint()).isEqualTo(first.weightsFingerprint());
    assertThat(third.weightsFingerprint()).isNotEqualTo(first.weightsFingerprint());
    assertThat(history.metrics().keySet())
        .containsExactly("loss", "accuracy", "val_loss", "val_accuracy");
  }

  @Test
  void theSeedOfFitOrdersTheExamplesAndDropsOut() {
    Tensor x = images(70);
    Tensor y = classes(70);
    Sequential first = classifier(7);
    Sequential second = classifier(7);
    first.fit(x, y, quiet(1).seed(1));
    second.fit(x, y, quiet(1).seed(2));
    assertThat(second.weightsFingerprint()).isNotEqualTo(first.weightsFingerprint());
  }

  @Test
  void goingOnAtAnEpochEndsWithTheBitsOfARunThatNeverStopped() {
    Tensor x = images(50);
    Tensor y = classes(50);
    Sequential whole = classifier(7);
    whole.fit(x, y, quiet(4));

    Sequential numbered = classifier(7);
    numbered.fit(x, y, quiet(2));
    History rest = numbered.fit(x, y, quiet(4).initialEpoch(2));
    assertThat(rest.epochs()).containsExactly(2, 3);
    assertThat(numbered.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());

    Sequential again = classifier(7);
    again.fit(x, y, quiet(2));
    again.fit(x, y, quiet(2));
    assertThat(again.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());

    assertThat(again.fit(x, y, quiet(2).initialEpoch(2)).epochs()).isEmpty();
  }

  @Test
  void shufflingChangesTheOrderAndNothingElse() {
    Sequential shuffled = line(SGD.of().learningRate(0.01));
    Sequential ordered = line(SGD.of().learningRate(0.01));
    shuffled.fit(X, Y, quiet(1).batchSize(1));
    ordered.fit(X, Y, quiet(1).batchSize(1).shuffle(false));
    assertThat(shuffled.weightsFingerprint()).isNotEqualTo(ordered.weightsFingerprint());

    // By hand: one example after the other, in order.
    float w = 0.5f;
    float b = 0;
    for (int i = 0; i < 5; i++) {
      float residual = w * i + b - (2 * i + 1);
      w -= 0.01f * 2 * residual * i;
      b -= 0.01f * 2 * residual;
    }
    assertThat((float) ordered.namedWeights().get("dense/kernel").value().item())
        .isCloseTo(w, within(1e-5f));
    assertThat((float) ordered.namedWeights().get("dense/bias").value().item())
        .isCloseTo(b, within(1e-5f));
  }

  @Test
  void aDataSetTrainsAsTensorsInMemoryDo() {
    Tensor x = images(50);
    Tensor y = classes(50);
    Sequential memory = classifier(7);
    Sequential stream = classifier(7);
    History expected = memory.fit(x, y, quiet(2).shuffle(false).batchSize(8));
    History received = stream.fit(Dataset.of(x, y).batch(8).prefetch(2), quiet(2));
    assertThat(received).isEqualTo(expected);
    assertThat(stream.weightsFingerprint()).isEqualTo(memory.weightsFingerprint());
    assertThat(stream.evaluate(Dataset.of(x, y))).isEqualTo(memory.evaluate(x, y));
  }

  @Test
  void rowsOfADataSetArePickedInTheStepWithTheBitsOfCopies() {
    Tensor x = images(50);
    Tensor y = classes(50);
    Tensor weight = Random.uniform(Shape.of(50)).seed(3);
    Dataset rows = Dataset.of(x, y, weight).skip(2).shuffle(4).batch(8).take(5).prefetch(2);
    Sequential picking = classifier(7);
    Sequential copying = classifier(7);
    History picked = picking.fit(rows, quiet(3));
    History copied = copying.fit(rows.map(batch -> batch), quiet(3));
    assertThat(picked).isEqualTo(copied);
    assertThat(picking.weightsFingerprint()).isEqualTo(copying.weightsFingerprint());
    assertThat(picking.evaluate(rows)).isEqualTo(copying.evaluate(rows.map(batch -> batch)));

    // The plan is that of tensors in memory: all data, an order, an offset.
    Sequential memory = classifier(7);
    memory.fit(x, y, quiet(1).batchSize(8));
    int traces = memory.traces();
    memory.fit(Dataset.of(x, y).shuffle(4).batch(8), quiet(2));
    assertThat(memory.traces()).isEqualTo(traces);
    memory.fit(Dataset.of(x, y).shuffle(4).batch(8).map(batch -> batch), quiet(1));
    assertThat(memory.traces()).isGreaterThan(traces);
  }

  @Test
  void evaluatingInBatchesOfOnesOwnAndWithWeights() {
    Sequential model = line(SGD.of().learningRate(0));
    assertThat(model.evaluate(X, Y, 2).get("loss")).isCloseTo(20.5, within(1e-5));
    assertThat(model.evaluate(X, Y, 1000)).isEqualTo(model.evaluate(X, Y));
    Tensor weight = Tensor.of(1f, 0f, 0f, 2f, 0f);
    // (1 * 1 + 2 * 30.25) / 5
    assertThat(model.evaluate(X, Y, weight).get("loss")).isCloseTo(12.3, within(1e-5));
    assertThat(model.evaluate(Dataset.of(X, Y, weight).batch(2)).get("loss"))
        .isCloseTo(12.3, within(1e-5));
  }

  @Test
  void sampleWeightsScaleTheLoss() {
    Tensor weight = Tensor.of(1f, 0f, 0f, 2f, 0f);
    Sequential model = line(SGD.of().learningRate(0));
    // Keras divides by the number of examples: (1 * 1 + 2 * 30.25) / 5.
    assertThat(model.fit(X, Y, quiet(1).sampleWeight(weight)).get("loss").getFirst())
        .isCloseTo(12.3, within(1e-5));
    assertThat(model.fit(Dataset.of(X, Y, weight).batch(5), quiet(1)).get("loss").getFirst())
        .isCloseTo(12.3, within(1e-5));
    assertThat(model.fit(X, Y, quiet(1).validationData(X, Y, weight)).get("val_loss").getFirst())
        .isCloseTo(12.3, within(1e-5));
  }

  @Test
  void classWeightsAreSampleWeights() {
    Tensor x = images(40);
    Tensor y = classes(40);
    float[] table = {1, 3, 0.5f};
    int[] labels = y.toInts();
    float[] weights = new float[40];
    IntStream.range(0, 40).forEach(i -> weights[i] = table[labels[i]]);
    Sequential byClass = classifier(7);
    Sequential bySample = classifier(7);
    byClass.fit(x, y, quiet(1).classWeight(Map.of(1, 3.0, 2, 0.5)));
    bySample.fit(x, y, quiet(1).sampleWeight(Tensor.of(weights)));
    assertThat(byClass.weightsFingerprint()).isEqualTo(bySample.weightsFingerprint());
  }

  @Test
  void classWeightsCountInTrainingAndNotInValidation() {
    Tensor x = images(40);
    Tensor y = classes(40);
    Sequential model = classifier(7);
    model.compile(SGD.of().learningRate(0), SparseCategoricalCrossentropy.of().fromLogits(true));
    Fit fit = quiet(1).validationSplit(0.25).shuffle(false);
    Map<Integer, Double> weights = Map.of(0, 5.0, 1, 3.0, 2, 0.5);
    Tensor held = x.slice(0, 30, 40);
    Tensor heldClasses = y.slice(0, 30, 40);
    double unweighted = model.evaluate(held, heldClasses).get("loss");

    assertThat(model.fit(x, y, fit.classWeight(weights)).last("val_loss")).isEqualTo(unweighted);
    History both =
        model.fit(x, y, fit.classWeight(weights).sampleWeight(Tensor.full(Shape.of(40), 2)));
    assertThat(both.last("val_loss")).isCloseTo(2 * unweighted, within(1e-5));
    assertThat(
            model
                .fit(x, y, fit.classWeight(weights).validationData(held, heldClasses))
                .last("val_loss"))
        .isEqualTo(unweighted);
  }

  @Test
  void penaltiesArePartOfTheObjectiveOnce() {
    Sequential model =
        Sequential.of(
            Dense.of(1)
                .kernelInitializer(Constant.of(0.5))
                .kernelRegularizer(Regularizers.l1(0.2)));
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    assertThat(model.evaluate(X, Y).get("loss")).isCloseTo(20.6, within(1e-5));
    assertThat(model.fit(X, Y, quiet(1).batchSize(5)).get("loss").getFirst())
        .isCloseTo(20.6, within(1e-5));
    // The subgradient of 0.2 |w| at 0.5 is 0.2.
    assertThat(model.namedWeights().get("dense/kernel").value().item())
        .isCloseTo(2.7 - 0.02, within(1e-6));
    assertThat(model.losses().keySet()).containsExactly("dense/kernel");
    assertThat(model.losses().get("dense/kernel").item()).isCloseTo(0.2 * 2.68, within(1e-6));
  }

  @Test
  void aFrozenLayerIsNeitherTrainedNorPenalised() {
    Dense frozen =
        Dense.of(1).kernelInitializer(Constant.of(0.5)).kernelRegularizer(Regularizers.l2(1));
    Dense free = Dense.of(1).kernelInitializer(Constant.of(1));
    Sequential model = Sequential.of(frozen, free);
    frozen.trainable(false);
    model.compile(SGD.of().learningRate(0.01), MeanSquaredError.of());
    model.fit(X, Y, quiet(1));
    assertThat(frozen.weights().getFirst().value().item()).isEqualTo(0.5);
    assertThat(free.weights().getFirst().value().item()).isNotEqualTo(1);
    assertThat(model.losses()).isEmpty();
    assertThat(model.trainableWeights()).hasSize(2);

    frozen.trainable(true);
    model.compile(SGD.of().learningRate(0.01), MeanSquaredError.of());
    model.fit(X, Y, quiet(1));
    assertThat(frozen.weights().getFirst().value().item()).isNotEqualTo(0.5);
  }

  @Test
  void aNormalizationWithoutTrainedWeightsIsFrozenWithoutCompilingAgain() {
    BatchNormalization normalization = BatchNormalization.of().center(false).scale(false);
    Sequential model = Sequential.of(normalization, Dense.of(1)).seed(1);
    model.compile(SGD.of(), MeanSquaredError.of());
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, Shape.of(4, 1));
    model.fit(x, x, quiet(1));
    String moved = Fingerprint.of(normalization.namedWeights());
    normalization.trainable(false);
    model.fit(x, x, quiet(1));
    assertThat(Fingerprint.of(normalization.namedWeights())).isEqualTo(moved);
  }

  /** Whatever feeds it: the steps pick rows themselves, or are given copies. */
  @Test
  void freezingTakesEffectAtTheNextStep() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7}, Shape.of(7, 1));
    Dataset rows = Dataset.of(x, x).batch(1);
    List<BiConsumer<Model, Fit>> feedings =
        List.of(
            (model, fit) -> model.fit(x, x, fit.batchSize(1)),
            (model, fit) -> model.fit(rows, fit),
            (model, fit) -> model.fit(rows.map(batch -> batch), fit));
    for (BiConsumer<Model, Fit> feeding : feedings) {
      Sequential model = Sequential.of(Input.of(1), Dense.of(1), Dense.of(1)).seed(1);
      model.compile(SGD.of().learningRate(1e-3), MeanSquaredError.of());
      List<Float> first = new ArrayList<>();
      List<Float> second = new ArrayList<>();
      Callback freezing =
          new Callback() {
            @Override
            public void onTrainBatchBegin(TrainingRun run) {
              model.layers().getFirst().trainable(run.step() != 1 && run.step() < 4);
            }

            @Override
            public void onTrainBatchEnd(TrainingRun run) {
              first.add((float) model.layers().getFirst().weights().getFirst().value().item());
              second.add((float) model.layers().getLast().weights().getFirst().value().item());
            }
          };
      feeding.accept(model, quiet(1).callbacks(freezing));
      assertThat(first.get(1)).as("frozen for the second step").isEqualTo(first.get(0));
      assertThat(first.get(2)).as("free for the third").isNotEqualTo(first.get(1));
      assertThat(first.subList(3, 7)).as("frozen from the fifth on").containsOnly(first.get(3));
      assertThat(first.get(3)).isNotEqualTo(first.get(2));
      assertThat(second).doesNotHaveDuplicates();
      assertThat(model.traces()).as("one plan frozen, one free").isEqualTo(2);
    }
  }

  @Test
  void aScheduleOfTheLearningRateNeverTracesAgain() {
    Sequential model = line(SGD.of());
    Callback schedule =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            run.model()
                .optimizer()
                .learningRate()
                .assign(Tensor.scalar(0.01 / (1 + run.step() + run.epoch())));
          }
        };
    model.fit(X, Y, quiet(5).batchSize(2).callbacks(schedule));
    // One plan for the batches of two, one for the last.
    assertThat(model.traces()).isEqualTo(2);
    model.fit(X, Y, quiet(5).batchSize(2));
    assertThat(model.traces()).isEqualTo(2);
    model.evaluate(X, Y);
    model.evaluate(X, Y);
    assertThat(model.traces()).isEqualTo(3);
  }

  @Test
  void storedPicturesTrainAsTheirNumbersDo() {
    byte[] pixels = new byte[40 * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    Tensor stored = Tensor.ofUint8(pixels, Shape.of(40, 2, 3));
    Sequential fromStored = classifier(7);
    Sequential fromFloats = classifier(7);
    fromStored.fit(stored, classes(40), quiet(2));
    fromFloats.fit(stored.cast(DType.FLOAT32), classes(40), quiet(2));
    assertThat(fromStored.weightsFingerprint()).isEqualTo(fromFloats.weightsFingerprint());
  }

  @Test
  void float64DataTrainsAFloat32Model() {
    Sequential model = line(SGD.of().learningRate(0.1));
    model.fit(X.cast(DType.FLOAT64), Y.cast(DType.FLOAT64), quiet(1));
    assertThat(model.namedWeights().get("dense/kernel").value().item())
        .isCloseTo(2.7, within(1e-6));
  }

  @Test
  void aFunctionIsALoss() {
    Sequential model = Sequential.of(Dense.of(1).kernelInitializer(Constant.of(0.5)));
    model.compile(SGD.of().learningRate(0), (yTrue, yPred) -> yTrue.subtract(yPred).abs().mean(-1));
    // |1.5 x + 1| over 0 to 4
    assertThat(model.fit(X, Y, quiet(1)).get("loss").getFirst()).isCloseTo(4, within(1e-6));
  }

  @Test
  void lossesOfFloat64AreTakenInFloat64() {
    Sequential model =
        Sequential.of(Dense.of(1).kernelInitializer(Constant.of(0.5)).dtype(DType.FLOAT64));
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    Tensor y = Y.cast(DType.FLOAT64).add(1e-9);
    double expected = 0;
    double[] targets = y.toDoubles();
    for (int i = 0; i < 5; i++) {
      expected += Math.pow(0.5 * i - targets[i], 2) / 5;
    }
    assertThat(model.evaluate(X, y).get("loss")).isCloseTo(expected, within(1e-13));
  }
}
