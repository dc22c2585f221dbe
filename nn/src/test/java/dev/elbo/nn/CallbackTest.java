package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callbacks see, and how they stop training. */
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
}
