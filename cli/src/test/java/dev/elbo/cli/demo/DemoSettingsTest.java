package dev.elbo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DemoSettingsTest {
  private static DemoSettings of(int epochs, int latent, double rate, double beta, boolean conv) {
    return new DemoSettings(
        "sample", epochs, 100, rate, latent, 400, conv, beta, 1, Path.of("out"));
  }

  @Test
  void theCommandSaysEverythingThatSetsTheWeights() {
    assertThat(of(60, 20, 0.002, 1, false).command())
        .isEqualTo(
            "./elbo demo --data sample --epochs 60 --batch-size 100 --learning-rate 0.002"
                + " --latent 20 --hidden 400 --seed 1 --out out");
    assertThat(of(3, 2, 1e-7, 0.5, true).command())
        .isEqualTo(
            "./elbo demo --data sample --epochs 3 --batch-size 100 --learning-rate 0.0000001"
                + " --latent 2 --conv --beta 0.5 --seed 1 --out out");
  }

  @Test
  void aShellTakesEachPathForOneWord() {
    DemoSettings settings =
        new DemoSettings("my digits", 1, 1, 1, 1, 1, false, 1, -5, Path.of("it's here"));

    assertThat(settings.command())
        .contains("--data 'my digits'", "--seed -5", "--out 'it'\\''s here'");
  }

  @Test
  void theModelHasAName() {
    Shape digit = Shape.of(28, 28);

    assertThat(of(1, 20, 1, 1, false).modelName(digit)).isEqualTo("VAE 784-400-20");
    assertThat(of(1, 2, 1, 1, true).modelName(digit))
        .isEqualTo("convolutional VAE with 2 latent variables");
  }

  @Test
  void numbersOutsideTheirRangeAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(0, 20, 1, 1, false))
        .withMessage("--epochs: expected at least 1, received 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(1, -3, 1, 1, false))
        .withMessage("--latent: expected at least 1, received -3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(1, 20, 0, 1, false))
        .withMessage(
            "--learning-rate: expected a number above 0, received 0.0. Adam's usual one is 0.001.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(1, 20, 1, Double.NaN, false))
        .withMessage("--beta: expected 0 or more, received NaN. 1 trains on the elbo itself.");
  }
}
