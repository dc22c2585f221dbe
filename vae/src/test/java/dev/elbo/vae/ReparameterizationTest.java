package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Context;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** {@code z = mean + exp(0.5 logVariance) epsilon}: what has a gradient and what has none. */
final class ReparameterizationTest {
  private static final Tensor MEAN = Tensor.of(new double[] {0.3, -1.2}, Shape.of(1, 2));
  private static final Tensor LOG_VARIANCE = Tensor.of(new double[] {-0.5, 0.8}, Shape.of(1, 2));
  private static final Tensor EPSILON = Tensor.of(new double[] {1.7, -0.4}, Shape.of(1, 2));

  @Test
  void theGradientReachesMeanAndLogVariance() {
    ValueAndGradients result =
        Elbo.valueAndGradients(
            arguments ->
                new DiagonalNormal(arguments.get(0), arguments.get(1))
                    .sample(EPSILON)
                    .square()
                    .sum(),
            MEAN,
            LOG_VARIANCE);

    double[] mean = result.gradients().get(0).toDoubles();
    double[] logVariance = result.gradients().get(1).toDoubles();
    for (int i = 0; i < 2; i++) {
      double noise = Math.exp(0.5 * LOG_VARIANCE.toDoubles()[i]) * EPSILON.toDoubles()[i];
      double z = MEAN.toDoubles()[i] + noise;
      assertThat(mean[i]).isCloseTo(2 * z, within(1e-12));
      assertThat(logVariance[i]).isCloseTo(2 * z * 0.5 * noise, within(1e-12));
    }
  }

  @Test
  void noGradientReachesTheDraw() {
    assertThat(gradientOfMean(UnaryOperator.identity()))
        .containsExactly(gradientOfMean(Tensor::stopGradient));
    // The stddev of a draw is outside of the graph: scaling the draw is the only way to learn it.
    ValueAndGradients ofNothing =
        Elbo.valueAndGradients(arguments -> draw(arguments.getFirst()).sum(), MEAN);
    assertThat(ofNothing.gradients().getFirst().toDoubles()).containsOnly(0);
  }

  private static double[] gradientOfMean(UnaryOperator<Tensor> treat) {
    return Elbo.valueAndGradients(
            arguments ->
                new DiagonalNormal(arguments.getFirst(), LOG_VARIANCE)
                    .sample(treat.apply(draw(arguments.getFirst())))
                    .square()
                    .sum(),
            MEAN)
        .gradients()
        .getFirst()
        .toDoubles();
  }

  private static Tensor draw(Tensor like) {
    return Random.normal(like.shape()).dtype(like.dtype()).seed(5);
  }

  @Test
  void gradientsOfAllWeightsAreCentralDifferencesWithTheDrawHeldFixed() {
    Vae vae = SmallModels.smooth();
    Tensor x = Random.uniform(Shape.of(3, SmallModels.PIXELS)).dtype(DType.FLOAT64).seed(8);
    vae.build(x.shape());
    ValueAndGradients exact = Elbo.valueAndGradients(() -> cost(vae, x), vae.trainableWeights());
    int checked = 0;
    for (int i = 0; i < vae.trainableWeights().size(); i++) {
      Variable weight = vae.trainableWeights().get(i);
      double[] values = weight.value().toDoubles();
      double[] gradient = exact.gradients().get(i).toDoubles();
      for (int j = 0; j < values.length; j++) {
        double slope = slope(vae, x, weight, values, j);
        assertThat(gradient[j])
            .as("gradient of %s[%d]", weight.name(), j)
            .isCloseTo(slope, within(1e-8 + 1e-5 * Math.abs(slope)));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(vae.parameterCount()).isEqualTo(110);
  }

  private static double slope(Vae vae, Tensor x, Variable weight, double[] values, int at) {
    double step = 1e-5;
    double[] moved = values.clone();
    moved[at] = values[at] + step;
    weight.assign(Tensor.of(moved, weight.shape()));
    double above = cost(vae, x).item();
    moved[at] = values[at] - step;
    weight.assign(Tensor.of(moved, weight.shape()));
    double below = cost(vae, x).item();
    weight.assign(Tensor.of(values, weight.shape()));
    return (above - below) / (2 * step);
  }

  private static Tensor cost(Vae vae, Tensor x) {
    return vae.terms(x, Context.training(SeedGenerator.key(4, 0))).elbo().negate().mean();
  }

  /**
   * With {@code p(x | z) = N(x; z, s^2)}, the expected cost is {@code 0.5 ((x - m)^2 + v) / s^2 +
   * 0.5 (m^2 + v - 1 - ln v)} and constants; its gradient is {@code (m - x) / s^2 + m} by m and
   * {@code 0.5 v / s^2 + 0.5 (v - 1)} by ln v.
   */
  @Test
  void theMeanGradientForAGaussianTargetIsTheClosedForm() {
    int draws = 200_000;
    double stddev = 0.8;
    Tensor x = Tensor.of(new double[] {0.9, 0.1}, Shape.of(1, 2));
    LatentModel model =
        new LatentModel(
            z -> z, NormalLikelihood.of(stddev), StandardNormal.of(), ClosedFormKl.of());
    ValueAndGradients estimated =
        Elbo.valueAndGradients(
            arguments -> {
              DiagonalNormal posterior =
                  new DiagonalNormal(
                      arguments.get(0).tile(draws, 1), arguments.get(1).tile(draws, 1));
              Context context = Context.training(SeedGenerator.key(6, 0));
              return Reparameterized.of()
                  .estimate(x.tile(draws, 1), posterior, model, context)
                  .elbo()
                  .negate()
                  .mean();
            },
            MEAN,
            LOG_VARIANCE);

    double precision = 1 / (stddev * stddev);
    double value = 0;
    for (int i = 0; i < 2; i++) {
      double mean = MEAN.toDoubles()[i];
      double variance = Math.exp(LOG_VARIANCE.toDoubles()[i]);
      double distance = mean - x.toDoubles()[i];
      value +=
          0.5 * (distance * distance + variance) * precision
              + Math.log(stddev)
              + 0.5 * Math.log(2 * Math.PI)
              + 0.5 * (mean * mean + variance - 1 - Math.log(variance));
      // Standard errors of the two are below sqrt(v / draws) / s^2 and v / sqrt(draws) / s^2 times
      // 2.
      double tolerance = 5 * 2 * Math.max(1, variance) * precision / Math.sqrt(draws);
      assertThat(estimated.gradients().get(0).toDoubles()[i])
          .isCloseTo(distance * precision + mean, within(tolerance));
      assertThat(estimated.gradients().get(1).toDoubles()[i])
          .isCloseTo(0.5 * variance * precision + 0.5 * (variance - 1), within(tolerance));
    }
    assertThat(estimated.value().item()).isCloseTo(value, within(0.05));
  }

  @Test
  void theDrawIsThatOfTheContext() {
    LatentModel model =
        new LatentModel(z -> z, NormalLikelihood.of(1), StandardNormal.of(), ClosedFormKl.of());
    Tensor key = SeedGenerator.key(9, 2);
    Context context = Context.training(key);
    DiagonalNormal posterior = new DiagonalNormal(MEAN, LOG_VARIANCE);

    ElboTerms terms = Reparameterized.of().estimate(MEAN, posterior, model, context);

    Tensor epsilon = Random.normal(MEAN.shape()).dtype(DType.FLOAT64).stream(1).key(key);
    assertThat(terms.reconstruction().toDoubles())
        .containsExactly(
            NormalLikelihood.of(1)
                .logLikelihood(MEAN, posterior.sample(epsilon))
                .negate()
                .toDoubles());
  }

  @Test
  void severalSamplesAreAveraged() {
    LatentModel model =
        new LatentModel(z -> z, NormalLikelihood.of(1), StandardNormal.of(), MonteCarloKl.of());
    DiagonalNormal posterior = new DiagonalNormal(MEAN, LOG_VARIANCE);
    Context once = Context.training(3);
    double[] costs = new double[4];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = Reparameterized.of().estimate(MEAN, posterior, model, once).elbo().item();
    }

    double mean =
        Reparameterized.of()
            .samples(4)
            .estimate(MEAN, posterior, model, Context.training(3))
            .elbo()
            .item();

    assertThat(costs[0]).isNotEqualTo(costs[1]);
    assertThat(mean).isCloseTo((costs[0] + costs[1] + costs[2] + costs[3]) / 4, within(1e-12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reparameterized.of().samples(0))
        .withMessage("Reparameterized: expected at least 1 sample, received 0.");
  }
}
