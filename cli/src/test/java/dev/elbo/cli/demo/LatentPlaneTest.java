package dev.elbo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.Vae;
import dev.elbo.vae.VaePresets;
import org.junit.jupiter.api.Test;

final class LatentPlaneTest {
  @Test
  void quantilesAreTheStandardNormals() {
    // SciPy's norm.ppf of 1/10, 3/10, 5/10, 7/10 and 9/10.
    assertThat(LatentPlane.quantiles(5))
        .containsExactly(
            new double[] {
              -1.2815515655446004, -0.5244005127080409, 0, 0.5244005127080407, 1.2815515655446004
            },
            within(1e-12));
  }

  @Test
  void theFirstImageIsTheTopLeftCorner() {
    Vae vae = VaePresets.mlp(Shape.of(4, 4), 5, 2).seed(1);
    double[] quantiles = LatentPlane.quantiles(3);

    Tensor images = LatentPlane.images(vae, 3);

    Tensor corner = Tensor.of(new float[][] {{(float) quantiles[0], (float) quantiles[2]}});
    assertThat(images.shape()).isEqualTo(Shape.of(9, 4, 4));
    assertThat(images.slice(0, 0, 1).toFloats())
        .containsExactly(vae.decode(corner).toFloats(), within(1e-6f));
  }
}
