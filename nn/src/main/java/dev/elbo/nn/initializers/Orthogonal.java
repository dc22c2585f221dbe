package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code gain Q}, Q the orthogonal factor of a matrix of normal numbers with its axes but the last
 * taken together: orthonormal columns if there are at least as many rows as columns, else
 * orthonormal rows. Q is uniformly distributed.
 *
 * <p>Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep
 * linear neural networks", 2014.
 *
 * @param gain 1 unless given
 */
public record Orthogonal(double gain) implements Initializer {
  /** Gain 1. */
  public static Orthogonal of() {
    return new Orthogonal(1);
  }

  /** Another gain. */
  public static Orthogonal of(double gain) {
    return new Orthogonal(gain);
  }

  @Override
  public Tensor call(Shape shape, SeedGenerator seeds) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "Orthogonal: expected a weight of two axes or more, received shape "
              + shape
              + ". Use Zeros or RandomNormal for a bias.");
    }
    int columns = shape.dim(-1);
    int rows = (int) shape.slice(0, shape.rank() - 1).size();
    int vectors = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] basis = normal(vectors, length, seeds);
    orthonormalize(basis);
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] =
            (float) (gain * (rows >= columns ? basis[column][row] : basis[row][column]));
      }
    }
    return Tensor.of(values, shape);
  }

  private static double[][] normal(int vectors, int length, SeedGenerator seeds) {
    double[] flat = Random.normal(Shape.of(vectors, length)).from(seeds).toDoubles();
    double[][] basis = new double[vectors][length];
    for (int i = 0; i < vectors; i++) {
      System.arraycopy(flat, i * length, basis[i], 0, length);
    }
    return basis;
  }

  /**
   * Gram and Schmidt, each vector twice against those before it: a second pass leaves what rounding
   * has left of the first. Each vector keeps its direction, so R has a positive diagonal.
   */
  private static void orthonormalize(double[][] basis) {
    for (int i = 0; i < basis.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          addScaled(basis[i], basis[j], -dot(basis[i], basis[j]));
        }
      }
      double norm = Math.sqrt(dot(basis[i], basis[i]));
      for (int k = 0; k < basis[i].length; k++) {
        basis[i][k] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void addScaled(double[] target, double[] direction, double factor) {
    for (int k = 0; k < target.length; k++) {
      target[k] += factor * direction[k];
    }
  }

  @Override
  public String registeredName() {
    return "Orthogonal";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("gain", gain);
  }
}
