package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Context;
import dev.elbo.nn.Input;
import dev.elbo.nn.Model;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.layers.Dense;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code elbo <= ln p(x)}, where {@code ln p(x)} is known. */
final class ElboBoundTest {
  private static final int POINTS = 4001;
  private static final double FARTHEST = 10;

  @Test
  void theBoundIsBelowTheIntegralOverTheLatentVariable() {
    Tensor x =
        Tensor.of(
            new double[] {0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0}, Shape.of(6, 3));
    for (long seed = 1; seed <= 5; seed++) {
      Vae vae = oneLatentVariable(seed);
      vae.build(x.shape());
      for (int i = 0; i < 6; i++) {
        Tensor example = x.slice(0, i, i + 1);
        ElboEstimate bound = vae.elbo(example, 400, 3);
        double evidence = logEvidence(vae, example);
        // Kernels of a standard deviation near 1 make a posterior that the encoder misses by far
        // more
        // than the estimate's own error.
        assertThat(bound.elbo())
            .as("seed %d, example %d", seed, i)
            .isLessThan(evidence)
            .isGreaterThan(evidence - 20);
      }
    }
  }

  private static Vae oneLatentVariable(long seed) {
    SymbolicTensor x = Input.of("x", DType.FLOAT64, 3);
    SymbolicTensor z = Input.of("z", DType.FLOAT64, 1);
    return Vae.of(
            Model.of(
                List.of(x),
                List.of(
                    Dense.of(1).dtype(DType.FLOAT64).name("mean").on(x),
                    Dense.of(1).dtype(DType.FLOAT64).name("log_variance").on(x))),
            Model.of(z, Dense.of(3).dtype(DType.FLOAT64).on(z)))
        .seed(seed);
  }

  /** {@code ln of the integral of p(x | z) p(z)} by the trapezoid rule. */
  private static double logEvidence(Vae vae, Tensor example) {
    double[] grid = new double[POINTS];
    double width = 2 * FARTHEST / (POINTS - 1);
    for (int i = 0; i < POINTS; i++) {
      grid[i] = -FARTHEST + i * width;
    }
    Tensor z = Tensor.of(grid, Shape.of(POINTS, 1));
    Tensor parameters = vae.decoder().predict(z, POINTS);
    Tensor joint =
        vae.likelihood()
            .logLikelihood(example.tile(POINTS, 1), parameters)
            .add(vae.prior().logDensity(z).squeeze(1));
    return joint.logSumExp().item() + Math.log(width);
  }

  @Test
  void withTheExactPosteriorEveryDrawIsTheEvidenceItself() {
    double stddev = 0.6;
    Vae vae = SmallModels.exact(stddev, MonteCarloKl.of());
    Tensor x = Tensor.of(new double[] {-2, 0, 0.5, 3}, Shape.of(4, 1));
    double variance = 1 + stddev * stddev;

    double[] bounds = vae.terms(x, Context.inference(5)).elbo().toDoubles();

    for (int i = 0; i < 4; i++) {
      double value = x.toDoubles()[i];
      double evidence =
          -0.5 * (value * value / variance + Math.log(variance) + Math.log(2 * Math.PI));
      assertThat(bounds[i]).isCloseTo(evidence, within(1e-12));
    }
  }

  @Test
  void theMeanOverManyDrawsIsTheEvidenceWithTheClosedForm() {
    double stddev = 0.6;
    double variance = 1 + stddev * stddev;
    Vae vae = SmallModels.exact(stddev, ClosedFormKl.of());
    Tensor x = Tensor.full(Shape.of(500, 1), 0.9, DType.FLOAT64);

    ElboEstimate bound = vae.elbo(x, 200, 1);

    double evidence = -0.5 * (0.81 / variance + Math.log(variance) + Math.log(2 * Math.PI));
    // 100,000 draws of a reconstruction whose standard deviation is below 1.
    assertThat(bound.elbo()).isCloseTo(evidence, within(4 / Math.sqrt(100_000)));
    assertThat(bound.klPerDim()).hasSize(1);
    assertThat(bound.klPerDim().getFirst()).isEqualTo(bound.kl());
    assertThat(bound.elbo()).isEqualTo(-(bound.reconstruction() + bound.kl()));
  }
}
