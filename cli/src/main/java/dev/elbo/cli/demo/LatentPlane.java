package dev.elbo.cli.demo;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.Vae;
import java.util.ArrayList;
import java.util.List;

/** What a model with two latent variables decodes over the plane of the two. */
final class LatentPlane {
  private static final int HALVINGS = 60;
  private static final double FARTHEST = 8;

  private LatentPlane() {}

  /**
   * The images of a square grid, row by row from the top left, (side^2, height, width). Coordinate
   * i is the standard normal quantile of {@code (i + 0.5) / side}: each image stands for the same
   * share of the prior.
   */
  static Tensor images(Vae vae, int side) {
    double[] quantiles = quantiles(side);
    List<float[]> points = new ArrayList<>();
    for (int row = 0; row < side; row++) {
      for (double x : quantiles) {
        points.add(new float[] {(float) x, (float) quantiles[side - 1 - row]});
      }
    }
    return vae.decode(Tensor.of(points.toArray(float[][]::new)));
  }

  /** Solves {@code (1 + erf(z / sqrt 2)) / 2 = p} by halving the interval. */
  static double[] quantiles(int count) {
    double[] probabilities = new double[count];
    double[] low = new double[count];
    double[] high = new double[count];
    for (int i = 0; i < count; i++) {
      probabilities[i] = (i + 0.5) / count;
      low[i] = -FARTHEST;
      high[i] = FARTHEST;
    }
    for (int halving = 0; halving < HALVINGS; halving++) {
      double[] middle = new double[count];
      for (int i = 0; i < count; i++) {
        middle[i] = (low[i] + high[i]) / 2;
      }
      double[] reached =
          Tensor.of(middle)
              .divide(Math.sqrt(2))
              .erf()
              .add(1)
              .divide(2)
              .cast(DType.FLOAT64)
              .toDoubles();
      for (int i = 0; i < count; i++) {
        if (reached[i] < probabilities[i]) {
          low[i] = middle[i];
        } else {
          high[i] = middle[i];
        }
      }
    }
    return high;
  }
}
