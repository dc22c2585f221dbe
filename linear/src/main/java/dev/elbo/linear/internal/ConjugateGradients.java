package dev.elbo.linear.internal;

import java.util.function.UnaryOperator;

/**
 * {@code A x = target} by conjugate gradients (Hestenes and Stiefel, 1952) with a diagonal that is
 * like A's, for an A that is positive definite and only known by its products.
 */
final class ConjugateGradients {
  private ConjugateGradients() {}

  /**
   * As far as it comes, from x = 0. Each x on the way has {@code x'Ax / 2 - target'x} less than the
   * one before.
   *
   * @param times what A turns a vector into
   * @param diagonal positive
   * @param reduction ends where the residual, in the norm of the diagonal's inverse, is this part
   *     of the target
   * @param steps at most so many
   */
  static double[] solve(
      UnaryOperator<double[]> times,
      double[] diagonal,
      double[] target,
      double reduction,
      int steps) {
    double[] x = new double[target.length];
    double[] residual = target.clone();
    double[] scaled = quotients(residual, diagonal);
    double[] way = scaled;
    double size = Vectors.dot(residual, scaled);
    double enough = reduction * reduction * size;
    for (int step = 0; step < steps && size > enough; step++) {
      double[] product = times.apply(way);
      double curvature = Vectors.dot(way, product);
      if (!(curvature > 0)) {
        break; // rounding, or no curvature along this way
      }
      Vectors.add(size / curvature, way, x);
      Vectors.add(-size / curvature, product, residual);
      scaled = quotients(residual, diagonal);
      double next = Vectors.dot(residual, scaled);
      Vectors.add(next / size, way, scaled);
      way = scaled;
      size = next;
    }
    return x;
  }

  private static double[] quotients(double[] values, double[] divisors) {
    double[] quotients = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      quotients[i] = values[i] / divisors[i];
    }
    return quotients;
  }
}
