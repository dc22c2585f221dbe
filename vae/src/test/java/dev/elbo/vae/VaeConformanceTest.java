package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Progress;
import dev.elbo.nn.config.Registered;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every composition must do. A new part is one row; a part without a row fails the last test.
 */
final class VaeConformanceTest {
  private static final Tensor IMAGES = Random.uniform(Shape.of(24, 8, 8)).seed(1).evaluate();

  record Row(String name, Supplier<Vae> model) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row("mlp", () -> mlp()),
        new Row("convolutional", () -> VaePresets.convolutional(Shape.of(8, 8), 3).seed(2)),
        new Row("one latent variable", () -> VaePresets.mlp(Shape.of(8, 8), 7, 1).seed(2)),
        new Row("normal likelihood", () -> mlp().likelihood(NormalLikelihood.of(0.5))),
        new Row("monte carlo", () -> mlp().divergence(MonteCarloKl.of())),
        new Row("two samples", () -> mlp().estimator(Reparameterized.of().samples(2))),
        new Row("beta", () -> mlp().beta(4)),
        new Row("no divergence", () -> mlp().beta(0)),
        new Row("scaled input", () -> mlp().inputScale(0.5)));
  }

  private static Vae mlp() {
    return VaePresets.mlp(Shape.of(8, 8), 7, 3).seed(2);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void trainingNamesThePartsAndTheyAddUp(Row row) {
    Vae vae = row.model().get();
    vae.compile(Adam.of().learningRate(0.01));

    History history = fit(vae, 30);

    assertThat(history.metrics().keySet())
        .containsExactly(
            "loss",
            "elbo",
            "reconstruction",
            "kl",
            "val_loss",
            "val_elbo",
            "val_reconstruction",
            "val_kl");
    double beta = vae.beta().value().item();
    for (int epoch = 0; epoch < 30; epoch++) {
      double reconstruction = history.get("reconstruction").get(epoch);
      double kl = history.get("kl").get(epoch);
      assertThat(history.get("elbo").get(epoch)).isCloseTo(-(reconstruction + kl), within(1e-3));
      assertThat(history.get("loss").get(epoch))
          .isCloseTo(reconstruction + beta * kl, within(1e-3));
    }
    assertThat(history.last("loss")).isLessThan(history.get("loss").getFirst());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shapesAreThoseOfTheExamples(Row row) {
    Vae vae = row.model().get();
    int latent = vae.latentDim();

    assertThat(vae.reconstruct(IMAGES).shape()).isEqualTo(IMAGES.shape());
    assertThat(vae.predict(IMAGES).toFloats()).containsExactly(vae.reconstruct(IMAGES).toFloats());
    assertThat(vae.encode(IMAGES).mean().shape()).isEqualTo(Shape.of(24, latent));
    assertThat(vae.encode(IMAGES).logVariance().shape()).isEqualTo(Shape.of(24, latent));
    assertThat(vae.sample(5, 1).shape()).isEqualTo(Shape.of(5, 8, 8));
    assertThat(vae.sample(5, 1).toFloats()).containsExactly(vae.sample(5, 1).toFloats());
    assertThat(vae.sample(5, 1).toFloats()).isNotEqualTo(vae.sample(5, 2).toFloats());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theBoundIsReproducible(Row row) {
    Vae vae = row.model().get();

    ElboEstimate once = vae.elbo(IMAGES, 2, 6);

    assertThat(vae.elbo(IMAGES, 2, 6)).isEqualTo(once);
    assertThat(vae.elbo(IMAGES, 2, 7).reconstruction()).isNotEqualTo(once.reconstruction());
    assertThat(once.elbo()).isEqualTo(-(once.reconstruction() + once.kl()));
    assertThat(once.klPerDim().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(once.kl(), within(1e-12));
    assertThat(once.examples()).isEqualTo(24);
    assertThat(once.samples()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aSavedModelHasTheSameBits(Row row, @TempDir Path folder) {
    Vae vae = row.model().get();
    vae.compile(Adam.of());
    fit(vae, 1);
    Path file = folder.resolve("vae.elbo");
    vae.save(file);

    Vae loaded = Vae.load(file);

    assertThat(loaded.weightsFingerprint()).isEqualTo(vae.weightsFingerprint());
    assertThat(loaded.elbo(IMAGES, 1, 3)).isEqualTo(vae.elbo(IMAGES, 1, 3));
    assertThat(loaded.sample(3, 9).toFloats()).containsExactly(vae.sample(3, 9).toFloats());
    assertThat(loaded.reconstruct(IMAGES).toFloats())
        .containsExactly(vae.reconstruct(IMAGES).toFloats());
    assertThat(loaded.seed()).isEqualTo(vae.seed());
    assertThat(loaded.beta().value().item()).isEqualTo(vae.beta().value().item());
    assertThat(loaded.inputScale()).isEqualTo(vae.inputScale());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theSameSeedGivesTheSameBits(Row row) {
    Vae first = row.model().get();
    Vae second = row.model().get();
    Vae other = row.model().get().seed(99);
    for (Vae vae : List.of(first, second, other)) {
      vae.compile(Adam.of());
      fit(vae, 2);
    }

    assertThat(first.weightsFingerprint()).isEqualTo(second.weightsFingerprint());
    assertThat(first.weightsFingerprint()).isNotEqualTo(other.weightsFingerprint());
  }

  @Test
  void everyRegisteredPartHasARow() {
    Set<String> used = new HashSet<>();
    for (Row row : rows()) {
      Vae vae = row.model().get();
      Stream.of(vae.likelihood(), vae.prior(), vae.divergence(), vae.estimator())
          .map(Registered::registeredName)
          .forEach(used::add);
    }

    assertThat(used)
        .containsAll(Registries.LIKELIHOODS.names())
        .containsAll(Registries.PRIORS.names())
        .containsAll(Registries.DIVERGENCES.names())
        .containsAll(Registries.ESTIMATORS.names());
  }

  private static History fit(Vae vae, int epochs) {
    return vae.fit(
        IMAGES, Fit.epochs(epochs).batchSize(8).validationSplit(0.25).progress(Progress.none()));
  }
}
