package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Input;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * EarlyStopping, ReduceLROnPlateau and LearningRateScheduler on sequences of metrics made by hand,
 * with what Keras's algorithms come to on them.
 */
final class MonitoringTest {
  private static final Tensor X = Tensor.ones(Shape.of(4, 1));
  private static final double NAN = Double.NaN;

  private static Sequential model() {
    Sequential model = Sequential.of(Input.of(1), Dense.of(1)).seed(1);
    model.compile(SGD.of().learningRate(0.5), MeanSquaredError.of());
    return model;
  }

  /** Puts the values of a sequence into the metrics of the epochs. */
  private static LambdaCallback sequence(String name, double... values) {
    return LambdaCallback.of()
        .onEpochEnd(run -> run.log(name, values[Math.min(run.epoch(), values.length - 1)]));
  }

  private static Fit fit(int epochs, Callback... callbacks) {
    return Fit.epochs(epochs).progress(Progress.none()).callbacks(callbacks);
  }

  // ---- EarlyStopping ----------------------------------------------------------------------------

  /** The number of the last epoch. */
  private static int last(EarlyStopping callback, String name, double... values) {
    History history = model().fit(X, X, fit(values.length, sequence(name, values), callback));
    return history.epochs().getLast();
  }

  private static int last(EarlyStopping callback, double... values) {
    return last(callback, "val_loss", values);
  }

  @Test
  void patienceZeroStopsAtTheFirstEpochThatIsNotBetter() {
    assertThat(last(EarlyStopping.of(), 5, 4, 4, 3, 2, 1)).isEqualTo(2);
    assertThat(last(EarlyStopping.of(), 5, 4, 3, 2, 1)).isEqualTo(4);
  }

  @Test
  void patienceCountsEpochsSinceTheBest() {
    // 3 is the best, at epoch 2; 3 epochs later it ends.
    assertThat(last(EarlyStopping.of().patience(3), 5, 4, 3, 4, 3.5, 3.1, 1, 1)).isEqualTo(5);
    assertThat(last(EarlyStopping.of().patience(3), 5, 4, 3, 4, 3.5, 2.9, 4, 4, 4, 1)).isEqualTo(8);
    assertThat(last(EarlyStopping.of().patience(1), 5, 4, 6, 3)).isEqualTo(2);
  }

  @Test
  void minDeltaIsWhatAnImprovementMustSurpass() {
    // From 5: 4.6 is not better by more than 0.5, 4.4 is.
    assertThat(last(EarlyStopping.of().minDelta(0.5).patience(2), 5, 4.6, 4.4, 4.2, 4, 3.8))
        .isEqualTo(4);
    assertThat(last(EarlyStopping.of().minDelta(0.25).patience(1), 4, 3.75, 3)).isEqualTo(1);
  }

  @Test
  void largeValuesAreBetterForAccuracies() {
    assertThat(
            last(
                EarlyStopping.of().monitor("val_accuracy").patience(1),
                "val_accuracy",
                0.1,
                0.5,
                0.7,
                0.6,
                0.9))
        .isEqualTo(3);
    assertThat(last(EarlyStopping.of().monitor("score").mode(Mode.MAX), "score", 1, 2, 2, 3))
        .isEqualTo(2);
    assertThat(last(EarlyStopping.of().monitor("score").mode(Mode.MIN), "score", 3, 2, 2, 1))
        .isEqualTo(2);
  }

  /** Outputs have names too: what stands last is the metric. */
  @Test
  void theLastWordOfANameThatSaysSomethingDecides() {
    for (String name : List.of("val_error_type_accuracy", "weekly_auc", "mae_r2", "kl_elbo")) {
      assertThat(last(EarlyStopping.of().monitor(name), name, 1, 2, 3, 2)).as(name).isEqualTo(3);
      assertThat(last(EarlyStopping.of().monitor(name), name, 3, 2, 1, 0)).as(name).isEqualTo(1);
    }
    for (String name : List.of("val_accuracy_loss", "recall_mse", "f1_mean_absolute_error")) {
      assertThat(last(EarlyStopping.of().monitor(name), name, 3, 2, 1, 2)).as(name).isEqualTo(3);
      assertThat(last(EarlyStopping.of().monitor(name), name, 1, 2, 3, 4)).as(name).isEqualTo(1);
    }
  }

  @Test
  void theBaselineMustBeSurpassedToo() {
    // Each epoch is the best so far, but none is below 3: the count is never begun anew, and the
    // first that is not the best ends it.
    assertThat(last(EarlyStopping.of().baseline(3).patience(2), 6, 5, 4, 4.5, 1)).isEqualTo(3);
    // 2 is below the baseline at epoch 2; from there two epochs.
    assertThat(last(EarlyStopping.of().baseline(3).patience(2), 6, 5, 2, 3, 3, 1)).isEqualTo(4);
  }

  @Test
  void nothingIsWatchedBeforeTheFirstEpochToBeWatched() {
    assertThat(last(EarlyStopping.of().startFromEpoch(3), 1, 2, 3, 4, 3, 3.5, 1)).isEqualTo(5);
    // An epoch before it is never the best.
    EarlyStopping warm = EarlyStopping.of().startFromEpoch(2).patience(1);
    assertThat(last(warm, 0.1, 0.2, 5, 4, 4.5, 1)).isEqualTo(4);
    assertThat(warm.bestEpoch()).isEqualTo(3);
    assertThat(warm.best()).hasValue(4);
    assertThat(warm.stoppedEpoch()).hasValue(4);
  }

  @Test
  void notANumberIsNeverBetter() {
    assertThat(last(EarlyStopping.of().patience(2), NAN, NAN, NAN, 1)).isEqualTo(1);
    assertThat(last(EarlyStopping.of().patience(3), NAN, 2, NAN, 1, NAN, NAN, NAN, 0)).isEqualTo(6);
  }

  @Test
  void epoch0NeverEndsTraining() {
    assertThat(last(EarlyStopping.of(), NAN, 1, 2)).isEqualTo(2);
  }

  private static List<float[]> weights(Sequential model, Fit fit, LambdaCallback... more) {
    List<float[]> weights = new ArrayList<>();
    LambdaCallback recorder =
        LambdaCallback.of()
            .onEpochEnd(run -> weights.add(run.model().weights().getFirst().value().toFloats()));
    model.fit(X, X.multiply(3), fit.callbacks(more).callbacks(recorder));
    return weights;
  }

  @Test
  void theBestWeightsComeBackAtTheEnd() {
    Sequential model = model();
    EarlyStopping stopping = EarlyStopping.of().patience(2).restoreBestWeights(true);
    model.optimizer().learningRate().assign(Tensor.scalar(0.1));
    List<float[]> seen =
        weights(model, fit(9, sequence("val_loss", 5, 4, 3, 4, 4, 1, 1, 1, 1), stopping));
    assertThat(seen).hasSize(5);
    assertThat(model.weights().getFirst().value().toFloats()).isEqualTo(seen.get(2));
    assertThat(seen.get(4)).isNotEqualTo(seen.get(2));

    // Also when training was not stopped.
    Sequential whole = model();
    List<float[]> all =
        weights(whole, fit(4, sequence("val_loss", 5, 4, 6, 6), stopping.patience(9)));
    assertThat(whole.weights().getFirst().value().toFloats()).isEqualTo(all.get(1));

    // And the last ones unless asked for.
    Sequential last = model();
    List<float[]> plain = weights(last, fit(4, sequence("val_loss", 5, 4, 6, 6)));
    assertThat(last.weights().getFirst().value().toFloats()).isEqualTo(plain.get(3));
  }

  @Test
  void eachFitStartsAnew() {
    EarlyStopping stopping = EarlyStopping.of().patience(1);
    assertThat(last(stopping, 1, 2, 3)).isEqualTo(1);
    assertThat(last(stopping, 9, 8, 7, 8, 1)).isEqualTo(3);
    assertThat(stopping.best()).hasValue(7);
    assertThat(last(stopping, 3, 2, 1)).isEqualTo(2);
    assertThat(stopping.stoppedEpoch()).isEmpty();
  }

  @Test
  void aNameThatDoesNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model().fit(X, X, fit(2, EarlyStopping.of())))
        .withMessage(
            "EarlyStopping: expected to monitor one of loss, received 'val_loss'. Names with val_"
                + " need validation data; choose another with monitor(name).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model().fit(X, X, fit(2, ReduceLROnPlateau.of().monitor("accuracy"))))
        .withMessageStartingWith(
            "ReduceLROnPlateau: expected to monitor one of loss, received 'accuracy'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> last(EarlyStopping.of().monitor("score"), "score", 1, 2))
        .withMessage(
            "EarlyStopping: expected a name that says whether small or large values are better,"
                + " such as val_loss or accuracy, received 'score'. Set mode(Mode.MIN) or"
                + " mode(Mode.MAX).");
  }

  @Test
  void settingsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.of().patience(-1))
        .withMessage(
            "EarlyStopping.patience: expected 0 or more, received -1. Leave it out for the"
                + " default.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.of().minDelta(-0.1))
        .withMessageStartingWith("EarlyStopping.minDelta: expected a finite number of 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReduceLROnPlateau.of().factor(1))
        .withMessage(
            "ReduceLROnPlateau.factor: expected a number from 0 to below 1, received 1.0. The"
                + " learning rate is multiplied by it; 0.1 is the default.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackupAndRestore.of(java.nio.file.Path.of("x")).saveFreq(0))
        .withMessage(
            "BackupAndRestore.saveFreq: expected 1 or more, received 0. Leave it out for the"
                + " default.");
  }

  // ---- ReduceLROnPlateau ------------------------------------------------------------------------

  /** The learning rates of the epochs, from 0.5. */
  private static List<Double> rates(ReduceLROnPlateau callback, double... values) {
    History history = model().fit(X, X, fit(values.length, sequence("val_loss", values), callback));
    return history.get("learning_rate");
  }

  private static void assertRates(List<Double> received, double... expected) {
    assertThat(received).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(received.get(i)).as("epoch " + i).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void theRateFallsAfterPatienceEpochsWithoutABetterValue() {
    ReduceLROnPlateau reduce = ReduceLROnPlateau.of().patience(2);
    // Best at epoch 1; epochs 2 and 3 are not better: from epoch 4 on a tenth. The count begins
    // anew, and epochs 4 and 5 are not better.
    assertRates(rates(reduce, 5, 4, 4, 4, 4, 4, 4), 0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.005);
    assertRates(rates(reduce.factor(0.5), 5, 4, 4, 3, 4, 4, 4), 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25);
  }

  @Test
  void theDefaultsAreKeras() {
    double[] values = DoubleStream.generate(() -> 1).limit(23).toArray();
    double[] expected = new double[23];
    // Epoch 0 is the best; after epoch 10, the tenth without a better one, a tenth.
    for (int i = 0; i < 23; i++) {
      expected[i] = i <= 10 ? 0.5 : i <= 20 ? 0.05 : 0.005;
    }
    assertRates(rates(ReduceLROnPlateau.of(), values), expected);
    // 1e-4 is no improvement, a little more is.
    ReduceLROnPlateau one = ReduceLROnPlateau.of().patience(1);
    assertRates(rates(one, 1, 1 - 0.9e-4, 1 - 0.9e-4), 0.5, 0.5, 0.05);
    assertRates(rates(one, 1, 1 - 1.1e-4, 1 - 1.1e-4), 0.5, 0.5, 0.5);
  }

  @Test
  void itRestsForTheCooldown() {
    ReduceLROnPlateau reduce = ReduceLROnPlateau.of().patience(1).factor(0.5).cooldown(2);
    // Reduced after epoch 1. Epoch 2: cooldown 2 to 1, rests. Epoch 3: 1 to 0, counts, and reduces.
    assertRates(rates(reduce, 4, 4, 4, 4, 4, 4, 4), 0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.0625);
  }

  @Test
  void theRateIsNeverBelowItsSmallest() {
    ReduceLROnPlateau reduce = ReduceLROnPlateau.of().patience(1).minLr(0.02);
    assertRates(rates(reduce, 4, 4, 4, 4, 4), 0.5, 0.5, 0.05, 0.02, 0.02);
  }

  @Test
  void plateausOfAccuraciesAndOfNotANumber() {
    History history =
        model()
            .fit(
                X,
                X,
                fit(
                    4,
                    sequence("val_accuracy", 0.5, 0.6, 0.5, 0.7),
                    ReduceLROnPlateau.of().monitor("val_accuracy").patience(1)));
    assertRates(history.get("learning_rate"), 0.5, 0.5, 0.5, 0.05);
    assertRates(rates(ReduceLROnPlateau.of().patience(1), NAN, NAN), 0.5, 0.05);
  }

  // ---- LearningRateScheduler --------------------------------------------------------------------

  @Test
  void aScheduleIsGivenTheEpochAndTheRate() {
    List<Integer> epochs = new ArrayList<>();
    LearningRateScheduler scheduler =
        LearningRateScheduler.of((epoch, rate) -> {
          epochs.add(epoch);
          return epoch < 2 ? rate : rate * 0.5;
        });
    Sequential model = model();
    assertRates(model.fit(X, X, fit(4, scheduler)).get("learning_rate"), 0.5, 0.5, 0.25, 0.125);
    // In a row: epochs go on counting, and so does the rate.
    assertRates(
        model.fit(X, X, fit(6, scheduler).initialEpoch(4)).get("learning_rate"), 0.0625, 0.03125);
    assertThat(epochs).containsExactly(0, 1, 2, 3, 4, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> model().fit(X, X, fit(1, LearningRateScheduler.of((epoch, rate) -> Double.NaN))))
        .withMessage(
            "LearningRateScheduler: expected a finite rate of 0 or more for epoch 0, received NaN."
                + " Look at the schedule's formula.");
  }

  // ---- TerminateOnNaN ---------------------------------------------------------------------------

  @Test
  void aLossThatIsNoNumberEndsTrainingAtOnce() {
    Sequential model = model();
    int[] steps = {0};
    LambdaCallback poison =
        LambdaCallback.of()
            .onTrainBatchEnd(run -> {
              steps[0]++;
              if (run.epoch() == 1 && run.step() == 2) {
                run.model().weights().getFirst().assign(Tensor.full(Shape.of(1, 1), NAN));
              }
            });
    History history = model.fit(X, X, fit(5, poison, TerminateOnNaN.of()).batchSize(1));
    // The step after the poison is the third of epoch 1.
    assertThat(steps[0]).isEqualTo(4 + 3);
    assertThat(history.epochs()).containsExactly(0, 1);
    assertThat(history.last("loss")).isNaN();
    assertThat(model().fit(X, X, fit(2, TerminateOnNaN.of())).epochs()).hasSize(2);
  }

  @Test
  void theLossOfARunIsTheOneInItsMetrics() {
    List<Double> losses = new ArrayList<>();
    List<Double> metrics = new ArrayList<>();
    model()
        .fit(
            X.multiply(Tensor.of(new float[] {1, 2, 3, 4}, Shape.of(4, 1))),
            X,
            fit(
                    2,
                    LambdaCallback.of()
                        .onTrainBatchEnd(run -> {
                          losses.add(run.loss());
                          metrics.add(run.metrics().get("loss"));
                        }))
                .batchSize(3));
    assertThat(losses).isEqualTo(metrics).hasSize(4).doesNotHaveDuplicates();
  }
}
