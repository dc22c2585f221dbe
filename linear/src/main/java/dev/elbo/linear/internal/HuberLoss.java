package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * {@code sigma + H((eta - y) / sigma) sigma} with {@code H(z) = z^2} up to epsilon and {@code 2
 * epsilon |z| - epsilon^2} beyond it (Huber, 2009; Owen, 2007): jointly convex in eta and sigma.
 */
public final class HuberLoss implements Loss {
  private static final double LEAST_SCALE = 10 * 0x1p-52;

  private final double epsilon;
  private final double sigma;

  /** With a scale to begin with. */
  public HuberLoss(double epsilon, double sigma) {
    this.epsilon = epsilon;
    this.sigma = sigma;
  }

  /** The scale of the residuals. */
  public double sigma() {
    return sigma;
  }

  @Override
  public double value(double y, double eta) {
    double z = Math.abs(eta - y) / sigma;
    return sigma * (1 + (z <= epsilon ? z * z : 2 * epsilon * z - epsilon * epsilon));
  }

  @Override
  public double slope(double y, double eta) {
    double z = (eta - y) / sigma;
    return 2 * Math.clamp(z, -epsilon, epsilon);
  }

  /** Of the parabola about y that touches the loss at eta. */
  @Override
  public double curvature(double y, double eta) {
    double z = Math.abs(eta - y) / sigma;
    return 2 / sigma * (z <= epsilon ? 1 : epsilon / z);
  }

  @Override
  public double gap(double y, double eta, double s) {
    return Double.NaN;
  }

  /** The loss at the scale of the fit, in the unit of y. */
  @Override
  public double error(double y, double eta) {
    return value(y, eta);
  }

  @Override
  public String errorName() {
    return "Huber loss";
  }

  /**
   * {@code 2 n log(sigma) + sum(H(r_i / sigma))}: of errors with Huber's least favourable density.
   */
  @Override
  public double deviance(double[] y, double[] eta) {
    double sum = 2 * y.length * Math.log(sigma);
    for (int i = 0; i < y.length; i++) {
      sum += value(y[i], eta[i]) / sigma - 1;
    }
    return sum;
  }

  @Override
  public double mostCurvature() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The best sigma: of {@code W sigma + sum(w r^2) / sigma} over the residuals within epsilon sigma
   * and {@code - epsilon^2 sigma} for each of the others. The derivative grows with sigma, and
   * between two of the {@code |r| / epsilon} its root is known.
   */
  @Override
  public Loss adapted(double[] y, double[] eta, double[] weights) {
    int n = y.length;
    double[] sizes = new double[n];
    double inside = 0;
    double outside = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      sizes[i] = Math.abs(eta[i] - y[i]);
      total += weights[i];
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(sizes[b], sizes[a]));
    for (int i = 0; i < n; i++) {
      inside += weights[i] * sizes[i] * sizes[i];
    }
    double best = LEAST_SCALE;
    for (int k = 0; k <= n; k++) {
      double rest = total - epsilon * epsilon * outside;
      if (rest <= 0) {
        break;
      }
      double candidate = Math.sqrt(Math.max(inside, 0) / rest);
      double next = k < n ? sizes[order[k]] / epsilon : 0;
      if (candidate >= next) {
        best = candidate;
        break;
      }
      inside -= weights[order[k]] * sizes[order[k]] * sizes[order[k]];
      outside += weights[order[k]];
    }
    return new HuberLoss(epsilon, Math.max(best, LEAST_SCALE));
  }
}
