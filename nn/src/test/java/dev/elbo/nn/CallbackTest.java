package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callbacks see, and what progress looks like. */
final class CallbackTest {
  private static final Tensor X = Tensor.ones(Shape.of(10, 1));

  private static Sequential model() {
    Sequential model = Sequential.of(Dense.of(1)).seed(1);
    model.compile(SGD.of(), MeanSquaredError.of());
    return model;
  }

  /** Writes down what it is told. */
  private static final class Recorder implements Callback {
    private final List<String> events = new ArrayList<>();

    @Override
    public void onTrainBegin(TrainingRun run) {
      events.add("begin of " + run.epochs());
    }

    @Override
    public void onEpochBegin(TrainingRun run) {
      events.add("epoch " + run.epoch() + " of " + run.steps() + " steps");
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      events.add("step " + run.step() + " " + run.metrics().keySet());
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
      events.add("end of epoch " + run.epoch() + " " + run.metrics().keySet());
    }

    @Override
    public void onTrainEnd(TrainingRun run) {
      events.add("end");
    }
  }

  @Test
  void callbacksAreCalledInOrder() {
    Recorder recorder = new Recorder();
    model()
        .fit(
            X,
            X,
            Fit.epochs(2)
                .batchSize(6)
                .validationSplit(0.2)
                .progress(Progress.none())
                .callbacks(recorder));
    assertThat(recorder.events)
        .containsExactly(
            "begin of 2",
            "epoch 0 of 2 steps",
            "step 1 [loss]",
            "step 2 [loss]",
            "end of epoch 0 [loss, val_loss]",
            "epoch 1 of 2 steps",
            "step 1 [loss]",
            "step 2 [loss]",
            "end of epoch 1 [loss, val_loss]",
            "end");
  }

  @Test
  void stoppingEndsAfterTheStepAndKeepsTheEpoch() {
    Recorder recorder = new Recorder();
    Callback stopper =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            if (run.epoch() == 1 && run.step() == 2) {
              run.stop();
            }
          }
        };
    History history =
        model()
            .fit(
                X,
                X,
                Fit.epochs(5).batchSize(2).progress(Progress.none()).callbacks(stopper, recorder));
    assertThat(history.epochs()).containsExactly(0, 1);
    assertThat(history.get("loss")).hasSize(2);
    assertThat(recorder.events)
        .endsWith("step 1 [loss]", "step 2 [loss]", "end of epoch 1 [loss]", "end");
  }

  @Test
  void stoppingAtTheEndOfAnEpoch() {
    Callback stopper =
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run) {
            run.stop();
          }
        };
    History history = model().fit(X, X, Fit.epochs(5).progress(Progress.none()).callbacks(stopper));
    assertThat(history.epochs()).containsExactly(0);
  }

  @Test
  void aLineAnEpoch() {
    List<String> lines = new ArrayList<>();
    model().fit(X, X, Fit.epochs(2).batchSize(2).progress(Progress.lines(lines::add)));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches("Epoch 1/2 - 5/5 - \\d+s \\d+[mu]?s/step - loss: \\d\\.\\d{4}(e-\\d\\d)?");
    assertThat(lines.getLast()).startsWith("Epoch 2/2 - 5/5 - ");
  }

  @Test
  void aBarThatIsRedrawnInPlace() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    model().fit(X, X, Fit.epochs(1).batchSize(1).progress(Progress.bar(out)));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text).startsWith("Epoch 1/1" + System.lineSeparator() + "\r 1/10 [==>....");
    assertThat(text.substring(text.lastIndexOf('\r')).strip())
        .matches("10/10 \\[={30}\\] - \\d+s \\d+[mu]s/step - loss: \\S+");
  }

  @Test
  void theBarAtStepsInBetween() {
    TrainingRun run = new TrainingRun(model(), Fit.epochs(1), 1875, () -> Map.of("loss", 6.2577));
    run.beginEpoch(0);
    for (int i = 0; i < 32; i++) {
      run.endStep();
    }
    assertThat(Progress.bar(run)).matches("  32/1875 \\[\\.{30}\\] - ETA: 0s - loss: 6.2577");
    for (int i = 32; i < 1000; i++) {
      run.endStep();
    }
    assertThat(Progress.bar(run)).startsWith("1000/1875 [===============>..............] - ETA: ");
  }

  @Test
  void smallValuesKeepTheirDigits() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", 0.00012345);
    metrics.put("accuracy", 0.91236);
    metrics.put("kl", 0.0);
    assertThat(Progress.values(metrics))
        .isEqualTo(" - loss: 1.2345e-04 - accuracy: 0.9124 - kl: 0.0000");
  }
}
