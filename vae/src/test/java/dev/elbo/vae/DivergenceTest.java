package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DivergenceTest {
  private static final int DRAWS = 200_000;

  @Test
  void bothAreTorchs() {
    GoldenCase golden = GoldenCase.named("KL").getFirst();
    DiagonalNormal posterior =
        new DiagonalNormal(golden.array("mean"), golden.array("logVariance"));
    Tensor z = golden.array("z");

    assertThat(ClosedFormKl.of().perDim(posterior, StandardNormal.of(), z).toDoubles())
        .containsExactly(golden.array("closedForm").toDoubles(), within(1e-12));
    assertThat(MonteCarloKl.of().perDim(posterior, StandardNormal.of(), z).toDoubles())
        .containsExactly(golden.array("monteCarlo").toDoubles(), within(1e-10));
  }

  @Test
  void theMeanOfManyDrawsIsTheClosedForm() {
    double[] means = {0, 1.5, -0.7};
    double[] logVariances = {0.4, -2, -0.1};
    DiagonalNormal posterior = new DiagonalNormal(rows(means), rows(logVariances));
    Tensor epsilon = Random.normal(Shape.of(DRAWS, 3)).dtype(DType.FLOAT64).seed(11);
    Tensor z = posterior.sample(epsilon);
    Tensor estimates = MonteCarloKl.of().perDim(posterior, StandardNormal.of(), z);
    double[] estimated = estimates.mean(0).toDoubles();
    double[] variances = estimates.variance(0).toDoubles();

    double[] exact =
        ClosedFormKl.of().perDim(posterior, StandardNormal.of(), z).slice(0, 0, 1).toDoubles();

    for (int dim = 0; dim < exact.length; dim++) {
      double standardError = Math.sqrt(variances[dim] / DRAWS);
      assertThat(standardError).isLessThan(0.01);
      assertThat(estimated[dim]).isCloseTo(exact[dim], within(4 * standardError));
    }
  }

  @Test
  void thePriorItselfDivergesByNothing() {
    Tensor zeros = Tensor.zeros(Shape.of(2, 3));
    DiagonalNormal prior = new DiagonalNormal(zeros, zeros);

    assertThat(ClosedFormKl.of().perDim(prior, StandardNormal.of(), zeros).toFloats())
        .containsOnly(0f);
  }

  @Test
  void theClosedFormNeedsAStandardNormalPrior() {
    Tensor zeros = Tensor.zeros(Shape.of(2, 3));
    DiagonalNormal posterior = new DiagonalNormal(zeros, zeros);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClosedFormKl.of().perDim(posterior, new Wide(), zeros))
        .withMessage(
            "ClosedFormKl: expected the prior StandardNormal, received Wide. Use MonteCarloKl.of(),"
                + " which works for any prior.");
    assertThat(MonteCarloKl.of().perDim(posterior, new Wide(), zeros).toFloats())
        .containsOnly((float) (Math.log(20) - 0.5 * Math.log(2 * Math.PI)));
  }

  @Test
  void meanAndLogVarianceHaveOneShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DiagonalNormal(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(2, 4))))
        .withMessage(
            "DiagonalNormal: expected mean and logVariance of one shape (n, latent), received (2,"
                + " 3) and (2, 4). End the encoder with Flatten.of() and one Dense layer for each"
                + " of the two.");
  }

  private static Tensor rows(double[] values) {
    return Tensor.of(values).expandDims(0).tile(DRAWS, 1);
  }

  /** Uniform in [-10, 10]. */
  private static final class Wide implements Prior {
    @Override
    public Tensor logDensity(Tensor z) {
      return Tensor.full(z.shape(), -Math.log(20), z.dtype());
    }

    @Override
    public Tensor sample(Shape shape, DType dtype, Tensor key) {
      return Random.uniform(shape).range(-10, 10).dtype(dtype).key(key);
    }

    @Override
    public String registeredName() {
      return "Wide";
    }

    @Override
    public Map<String, Object> config() {
      return Config.map();
    }
  }
}
