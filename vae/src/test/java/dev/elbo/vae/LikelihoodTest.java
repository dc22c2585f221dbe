package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class LikelihoodTest {

  @Test
  void bernoulliIsTorchs() {
    for (GoldenCase golden : GoldenCase.named("Bernoulli")) {
      check(BernoulliLikelihood.of(), golden);
    }
  }

  @Test
  void normalIsTorchs() {
    for (GoldenCase golden : GoldenCase.named("Normal")) {
      check(NormalLikelihood.of(golden.setting("stddev")), golden);
    }
  }

  private static void check(Likelihood likelihood, GoldenCase golden) {
    Tensor parameters = golden.array("parameters");
    Tensor value = likelihood.logLikelihood(golden.array("x"), parameters);

    assertThat(value.shape()).isEqualTo(Shape.of(3));
    assertThat(value.toDoubles())
        .containsExactly(golden.array("logLikelihood").toDoubles(), within(1e-12));
    assertThat(likelihood.mean(parameters).toDoubles())
        .containsExactly(golden.array("mean").toDoubles(), within(1e-15));
  }

  @Test
  void aPixelThatIsCertainCostsItsLogitAndNotInfinity() {
    Tensor x = Tensor.of(new float[][] {{0}, {1}});
    Tensor logits = Tensor.of(new float[][] {{1000}, {-1000}});

    assertThat(BernoulliLikelihood.of().logLikelihood(x, logits).toFloats())
        .containsExactly(-1000f, -1000f);
  }

  @Test
  void imagesAreSummedOverBothAxes() {
    Tensor x = Tensor.full(Shape.of(2, 3, 4), 0.5);
    Tensor logits = Tensor.zeros(Shape.of(2, 3, 4));

    assertThat(BernoulliLikelihood.of().logLikelihood(x, logits).toFloats())
        .containsExactly(
            new float[] {(float) (-12 * Math.log(2)), (float) (-12 * Math.log(2))}, within(1e-5f));
  }

  @Test
  void anotherShapeOfTheDecoderIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            BernoulliLikelihood.of()
                .logLikelihood(Tensor.zeros(Shape.of(2, 4)), Tensor.zeros(Shape.of(2, 2, 2))))
        .withMessage(
            "Bernoulli: expected the decoder to return the shape of the examples (2, 4), received"
                + " (2, 2, 2). End the decoder with Reshape.of(...), or reshape the examples.");
  }

  @Test
  void numbersOutsideTheSupportAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BernoulliLikelihood.of().requireSupport("Vae 'vae'.fit", 0, 255))
        .withMessage(
            "Vae 'vae'.fit: expected numbers from 0 to 1, since the likelihood is Bernoulli,"
                + " received 0.0 to 255.0. Use inputScale(1 / 255.0) for pixels from 0 to 255, or"
                + " NormalLikelihood.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BernoulliLikelihood.of().requireSupport("fit", Double.NaN, Double.NaN))
        .withMessageEndingWith("received NaN to NaN. Drop the examples that are not finite.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalLikelihood.of(1).requireSupport("fit", 0, Double.POSITIVE_INFINITY))
        .withMessage(
            "fit: expected finite numbers, received 0.0 to Infinity. Drop the examples that are not"
                + " finite.");
  }

  @Test
  void aStandardDeviationIsAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalLikelihood.of(0))
        .withMessage("Normal: expected a standard deviation above 0, received 0.0.");
  }
}
