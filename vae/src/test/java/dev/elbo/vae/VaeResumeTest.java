package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.elbo.data.Mnist;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Progress;
import dev.elbo.nn.callbacks.BackupAndRestore;
import dev.elbo.nn.callbacks.LambdaCallback;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VAE whose beta grows from epoch to epoch goes on after a crash as if nothing had been. */
final class VaeResumeTest {
  private static final Tensor IMAGES = Mnist.sample().train().images().slice(0, 0, 200).evaluate();

  @TempDir private Path folder;

  private static Vae vae() {
    Vae vae = VaePresets.mlp(Shape.of(28, 28), 16, 4).inputScale(1 / 255.0).seed(5);
    vae.compile(Adam.of().learningRate(0.003));
    return vae;
  }

  private static Fit fit(LambdaCallback last, BackupAndRestore backup) {
    LambdaCallback annealing =
        LambdaCallback.of()
            .onEpochBegin(
                run -> ((Vae) run.model()).beta().assign(Tensor.scalar((run.epoch() + 1) / 4.0)));
    return Fit.epochs(4)
        .batchSize(20)
        .validationSplit(0.2)
        .progress(Progress.none())
        .callbacks(annealing, backup, last);
  }

  @Test
  void betaAndTheNoiseGoOn() {
    BackupAndRestore backup = BackupAndRestore.of(folder.resolve("backup")).saveFreq(3);
    Vae whole = vae();
    History expected = whole.fit(IMAGES, fit(LambdaCallback.of(), backup));

    LambdaCallback crash =
        LambdaCallback.of()
            .onTrainBatchEnd(run -> {
              if (run.epoch() == 2 && run.step() == 6) {
                throw new IllegalStateException("crash");
              }
            });
    assertThatIllegalStateException().isThrownBy(() -> vae().fit(IMAGES, fit(crash, backup)));
    Vae resumed = vae();
    History history = resumed.fit(IMAGES, fit(LambdaCallback.of(), backup));

    assertThat(history).isEqualTo(expected);
    assertThat(resumed.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());
    assertThat(resumed.beta().value().item()).isEqualTo(1);
  }
}
