package dev.elbo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.Vae;
import dev.elbo.vae.VaePresets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  private final List<String> announced = new ArrayList<>();

  /** Trains 2 epochs of 3 steps, with a signal in each step that the predicate accepts. */
  private Interruption train(Predicate<TrainingRun> signal) {
    Tensor images = Random.uniform(Shape.of(15, 4, 4)).seed(1).evaluate();
    Vae vae = VaePresets.mlp(Shape.of(4, 4), 5, 2).seed(1);
    vae.compile(Adam.of());
    try (Interruption interruption = Interruption.watch(announced::add)) {
      Callback signals =
          new Callback() {
            @Override
            public void onTrainBatchEnd(TrainingRun run) {
              if (signal.test(run)) {
                interruption.request();
              }
            }
          };
      vae.fit(images, Fit.epochs(2).batchSize(5).callbacks(signals, interruption));
      return interruption;
    }
  }

  @Test
  void aSignalCutsTrainingShort() {
    Interruption interruption = train(run -> run.epoch() == 0 && run.step() == 2);

    assertThat(interruption.cut()).contains(new Interruption.Cut(1, 2, 2, 3));
    assertThat(interruption.cut().orElseThrow()).hasToString("in epoch 1 of 2, after step 2 of 3");
    assertThat(announced).containsExactly("Stopping after this step; writing model and report ...");
  }

  @Test
  void theEndOfAnEpochIsNotTheEnd() {
    assertThat(train(run -> run.epoch() == 0 && run.step() == 3).cut())
        .contains(new Interruption.Cut(1, 2, 3, 3));
  }

  @Test
  void inTheLastStepNothingIsCutShort() {
    assertThat(train(run -> run.epoch() == 1 && run.step() == 3).cut()).isEmpty();
  }

  @Test
  void afterTrainingNothingIsCutShort() {
    Interruption interruption = train(run -> false);
    interruption.request();

    assertThat(interruption.cut()).isEmpty();
    assertThat(announced).containsExactly("Writing model and report ...");
  }
}
