package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Mnist;
import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Input;
import dev.elbo.nn.Model;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaeTest {
  private static final Shape DIGIT = Shape.of(28, 28);

  private static Vae digits() {
    return VaePresets.mlp(DIGIT, 32, 4).inputScale(1 / 255.0).seed(5);
  }

  private static Fit quiet(int epochs) {
    return Fit.epochs(epochs).progress(Progress.none());
  }

  @Test
  void itLearnsDigitsAsTheyAreStored() {
    Tensor train = Mnist.sample().train().images().slice(0, 0, 1000);
    Tensor test = Mnist.sample().test().images().slice(0, 0, 200);
    Vae vae = digits();
    vae.compile(Adam.of().learningRate(0.003));
    double before = vae.elbo(test, 1, 1).elbo();

    History history = vae.fit(train, quiet(12).batchSize(50).validationData(test));

    ElboEstimate after = vae.elbo(test, 4, 1);
    // Ignorance is 784 ln 2 = 543 nats, the mean image about 206.
    assertThat(before).isBetween(-560.0, -520.0);
    assertThat(after.elbo()).isGreaterThan(-206);
    assertThat(history.last("val_elbo")).isCloseTo(after.elbo(), within(3.0));
    assertThat(vae.evaluate(test).get("elbo")).isCloseTo(after.elbo(), within(3.0));
  }

  @Test
  void scalingIsPartOfTheModel() {
    Tensor stored = Mnist.sample().test().images().slice(0, 0, 10);
    Tensor scaled = stored.cast(DType.FLOAT32).multiply(1 / 255.0);
    Vae ofScaled = VaePresets.mlp(DIGIT, 32, 4).seed(5);

    assertThat(digits().encode(stored).mean().toFloats())
        .containsExactly(ofScaled.encode(scaled).mean().toFloats());
    assertThat(digits().elbo(stored, 1, 2)).isEqualTo(ofScaled.elbo(scaled, 1, 2));
  }

  @Test
  void pixelsThatAreNotScaledAreAnError() {
    Tensor stored = Mnist.sample().test().images().slice(0, 0, 10);
    Vae vae = VaePresets.mlp(DIGIT, 32, 4);
    vae.compile(Adam.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.fit(stored, quiet(1)))
        .withMessage(
            "Vae 'vae'.fit: expected numbers from 0 to 1, since the likelihood is Bernoulli,"
                + " received 0.0 to 255.0. Use inputScale(1 / 255.0) for pixels from 0 to 255, or"
                + " NormalLikelihood.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.evaluate(stored))
        .withMessageStartingWith("Vae 'vae'.evaluate: expected numbers from 0 to 1");
    Tensor scaled = stored.cast(DType.FLOAT32).multiply(1 / 255.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.fit(scaled, quiet(1).validationData(stored)))
        .withMessageStartingWith("Vae 'vae'.fit, validation data: expected numbers from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.elbo(stored, 1, 1))
        .withMessageStartingWith("Vae 'vae'.elbo: expected numbers from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.encode(stored))
        .withMessageStartingWith("Vae 'vae'.encode: expected numbers from 0 to 1");
  }

  @Test
  void notANumberIsAnError() {
    float[] pixels = new float[784];
    pixels[300] = Float.NaN;
    Tensor broken = Tensor.of(pixels, Shape.of(1, 28, 28));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaePresets.mlp(DIGIT, 32, 4).elbo(broken, 1, 1))
        .withMessageContaining("received NaN to NaN");
  }

  @Test
  void betaChangesTheObjectiveAndNotTheBound() {
    Tensor images = Mnist.sample().train().images().slice(0, 0, 100);
    Vae vae = digits();
    vae.compile(Adam.of().learningRate(1e-9));
    Callback doubled =
        new Callback() {
          @Override
          public void onEpochBegin(TrainingRun run) {
            vae.beta().assign(Tensor.scalar(run.epoch() * 2.0));
          }
        };

    History history = vae.fit(images, quiet(3).batchSize(50).shuffle(false).callbacks(doubled));

    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(history.get("loss").get(epoch))
          .isCloseTo(
              history.get("reconstruction").get(epoch) + 2 * epoch * history.get("kl").get(epoch),
              within(1e-3));
      assertThat(history.get("elbo").get(epoch))
          .isCloseTo(
              -history.get("reconstruction").get(epoch) - history.get("kl").get(epoch),
              within(1e-3));
    }
  }

  @Test
  void sampleWeightsWeighTheObjective() {
    Tensor images = Mnist.sample().train().images().slice(0, 0, 4);
    Vae vae = digits();
    vae.compile(Adam.of().learningRate(1e-9));
    Tensor weights = Tensor.of(3f, 3f, 3f, 3f);

    History history = vae.fit(images, quiet(1).sampleWeight(weights));

    assertThat(history.last("loss")).isCloseTo(-3 * history.last("elbo"), within(1e-2));
  }

  @Test
  void aSettingOfABuiltModelIsAnError() {
    Vae vae = digits();
    vae.build(Shape.of(Shape.BATCH, 28, 28));

    assertThatIllegalStateException()
        .isThrownBy(() -> vae.beta(2))
        .withMessageContaining("expected an unbuilt layer")
        .withMessageContaining("beta returns a new layer");
  }

  @Test
  void settingsOutsideTheirRangeAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digits().beta(-1))
        .withMessage(
            "Vae.beta: expected 0 or more, received -1.0. 1 makes the objective the elbo.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digits().inputScale(0))
        .withMessage(
            "Vae.inputScale: expected a number above 0, received 0.0. 1 / 255.0 brings pixels from"
                + " 0 to 255 into [0, 1].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digits().sample(0, 1))
        .withMessage("Vae 'vae'.sample: expected a count of at least 1, received 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digits().elbo(Tensor.zeros(Shape.of(0, 28, 28)), 1, 1))
        .withMessage(
            "Vae.elbo: expected at least one example in a shape (n, ...), received shape (0, 28,"
                + " 28). Use expandDims(0) for a single example.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digits().elbo(Tensor.zeros(Shape.of(2, 28, 28)), 0, 1))
        .withMessage("Vae.elbo: expected at least 1 sample, received 0.");
  }

  @Test
  void presetsCheckTheirNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaePresets.mlp(DIGIT, 400, 0))
        .withMessage("VaePresets.mlp: expected at least 1 of latent variables, received 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaePresets.convolutional(Shape.of(30, 28), 2))
        .withMessage(
            "VaePresets.convolutional: expected images of shape (height, width), both divisible by"
                + " 4, received shape (30, 28). Pad the images, or use VaePresets.mlp.");
  }

  @Test
  void anEncoderWithOneOutputIsAnError() {
    SymbolicTensor x = Input.of(6);
    Vae vae = Vae.of(Model.of(x, Dense.of(2).on(x)), Sequential.of(Dense.of(6)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.build(Shape.of(Shape.BATCH, 6)))
        .withMessage(
            "Vae 'vae': expected an encoder with two outputs of one shape (batch, latent), mean and"
                + " log-variance, received [(None, 2)]. Use Model.of(List.of(x), List.of(mean,"
                + " logVariance)).");
  }

  @Test
  void aDecoderOfAnotherShapeIsAnError() {
    SymbolicTensor x = Input.of(6);
    Model encoder = Model.of(List.of(x), List.of(Dense.of(2).on(x), Dense.of(2).on(x)));
    Vae vae = Vae.of(encoder, Sequential.of(Dense.of(5)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.build(Shape.of(Shape.BATCH, 6)))
        .withMessage(
            "Vae 'vae': expected a decoder that returns the examples' shape (None, 6), received"
                + " (None, 5). End it with Reshape.of(...), or give its last layer as many units as"
                + " an example has numbers.");
  }

  @Test
  void anotherModelIsNotAVae(@TempDir Path folder) {
    Path file = folder.resolve("model.elbo");
    Sequential other = Sequential.of(Dense.of(2)).seed(1);
    other.build(Shape.of(Shape.BATCH, 3));
    other.save(file);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vae.load(file))
        .withMessage(file + ": expected a Vae, received a Sequential. Use Model.load for it.");
  }

  @Test
  void theSameModelGivesTheSameFile(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("first.elbo");
    Path second = folder.resolve("second.elbo");
    digits().save(first);
    digits().save(second);

    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  @Test
  void anEstimateReadsAsASentence() {
    ElboEstimate estimate = new ElboEstimate(-103.724, 78.514, 25.21, List.of(20.0, 5.21), 10, 1);

    assertThat(estimate).hasToString("-103.72 nats (reconstruction 78.51, kl 25.21)");
  }
}
