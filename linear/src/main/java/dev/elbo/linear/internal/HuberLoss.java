package dev.elbo.linear.internal;

/**
 * {@code sigma + H((eta - y) / sigma) sigma} with {@code H(z) = z^2} up to epsilon and {@code 2
 * epsilon |z| - epsilon^2} beyond it (Huber, 2009; Owen, 2007): jointly convex in eta and sigma.
 */
public final class HuberLoss implements Loss {
  private static final double LEAST_SCALE = 10 * 0x1p-52;
  private static final int ROUNDS = 100;

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

  @Override
  public double slopeRounding(double y, double eta) {
    return 0x1p-51 * (Math.abs(eta) + Math.abs(y)) / sigma;
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
   * and {@code - epsilon^2 sigma} for each of the others. The derivative is a convex and piecewise
   * linear function of {@code 1 / sigma^2}, so that Newton's method ends, after a few steps, at its
   * root.
   */
  @Override
  public Loss adapted(double[] y, double[] eta, double[] weights) {
    double total = 0;
    double most = 0;
    for (int i = 0; i < y.length; i++) {
      total += weights[i];
      most = Math.max(most, weights[i] > 0 ? Math.abs(eta[i] - y[i]) : 0);
    }
    double best = sigma;
    for (int round = 0; round < ROUNDS; round++) {
      double inside = 0;
      double outside = 0;
      for (int i = 0; i < y.length; i++) {
        double size = Math.abs(eta[i] - y[i]);
        if (size <= epsilon * best) {
          inside += weights[i] * size * size;
        } else {
          outside += weights[i];
        }
      }
      double rest = total - epsilon * epsilon * outside;
      // The tangent has no root: begin where all residuals are within.
      double root = rest > 0 ? Math.sqrt(inside / rest) : Math.max(most / epsilon, 2 * best);
      double next = Math.max(root, LEAST_SCALE);
      if (next == best) {
        break;
      }
      best = next;
    }
    return new HuberLoss(epsilon, best);
  }
}
