package dev.elbo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.Vae;
import dev.elbo.vae.VaePresets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoProgressTest {
  private static final Tensor IMAGES = Random.uniform(Shape.of(20, 4, 4)).seed(1).evaluate();

  private static void fit(Callback progress, Callback... callbacks) {
    Vae vae = VaePresets.mlp(Shape.of(4, 4), 5, 2).seed(1);
    vae.compile(Adam.of());
    vae.fit(
        IMAGES,
        Fit.epochs(2).batchSize(5).validationSplit(0.25).callbacks(callbacks).progress(progress));
  }

  @Test
  void elsewhereThanOnATerminalAnEpochIsOnePlainLine() {
    StringWriter out = new StringWriter();
    fit(DemoProgress.of(new PrintWriter(out, true), false, () -> 80));

    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line ->
            line.matches(
                "Epoch [12]/2 - 3/3 - \\d+s \\d+[mu]?s/step - elbo: -\\d+\\.\\d\\d"
                    + " - reconstruction: \\d+\\.\\d\\d - kl: \\d+\\.\\d\\d - val_elbo: -\\d+\\.\\d\\d"));
    assertThat(out.toString()).doesNotContain("\r", "\u001b");
  }

  @Test
  void onATerminalTheBarIsRedrawnInPlaceAndFits() {
    StringWriter out = new StringWriter();
    fit(DemoProgress.of(new PrintWriter(out, true), true, () -> 110));

    String text = out.toString();
    assertThat(text).contains("Epoch 1/2\n", "Epoch 2/2\n", "\r\u001b[?7l", "\u001b[K\u001b[?7h");
    assertThat(text).contains("3/3 [==");
    for (String drawn : text.split("[\r\n]", -1)) {
      assertThat(drawn.replaceAll("\u001b\\[\\??\\d*[a-zA-Z]", "")).hasSizeLessThan(110);
    }
  }

  @Test
  void theLearningRateFallsAlongHalfACosine() {
    List<Double> rates = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            rates.add(run.model().optimizer().learningRate().value().item());
          }
        };

    fit(new Callback() {}, new CosineDecay(0.002), watch);

    assertThat(rates).hasSize(6);
    for (int step = 1; step <= 6; step++) {
      assertThat(rates.get(step - 1))
          .isCloseTo(0.001 * (1 + Math.cos(Math.PI * step / 6)), within(1e-9));
    }
  }
}
