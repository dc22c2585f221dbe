package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * What a duality gap G says about the minimum of {@code sum_i p_i loss(y_i, x_i b + c) +
 * penalty(b)} where {@code |loss'''| <= loss''}: self-concordance as Bach has it (Electronic
 * Journal of Statistics 4, 2010), which the logistic loss and {@code exp(eta) - y eta} have
 * everywhere, so that what follows is no approximation near the minimum.
 *
 * <p>Let {@code h_i = p_i loss''(eta_i)} at the fit, d_i the distance of its eta_i from that of the
 * minimum, and {@code phi(r) = 1 - (1 + r) exp(-r)}. The penalty is convex, so that G is at least
 * Bregman's divergence of the losses between the fit and the minimum. On the way, {@code loss'' >=
 * exp(-distance) loss''(eta_i)}, and the integral of that (Bach's proposition 1, from the other
 * end) is
 *
 * <pre>{@code
 * G >= sum_i h_i phi(d_i) + l2 / 2 |b - b*|^2
 * }</pre>
 *
 * <p>phi grows, and {@code phi(r) / r^2} falls, from one half. Where {@code d_i <= L q} with {@code
 * q^2 = sum_i h_i d_i^2}, therefore {@code phi(max d) <= G L^2}, which gives a kappa that no d_i
 * exceeds, and {@code q^2 <= G kappa^2 / phi(kappa)}. Two such L are known: {@code d_i <= q /
 * sqrt(h_i)}; and, with X centred by the weights h, mu the smallest eigenvalue of {@code X_S'
 * diag(h) X_S} and S the features that may not be 0, {@code d_i^2 <= (|x_i|^2 / mu + 1 / sum(h))
 * q^2}, the second term being the intercept's. Then
 *
 * <ul>
 *   <li>{@code |b - b*| <= sqrt(2 G / (mu 2 phi(kappa) / kappa^2 + l2))}, which for a small gap is
 *       the radius of least squares with the second derivatives at the fit;
 *   <li>the gradient by b_j at the minimum is no further from that at the fit than {@code
 *       (exp(kappa) - 1) / kappa sqrt(sum_i h_i x_ij^2) q}.
 * </ul>
 */
final class SelfConcordance {
  /** The smallest eigenvalue of more features than this takes longer than most fits. */
  private static final int MOST_FEATURES = 400;

  private static final int BISECTIONS = 60;

  private final Columns columns;
  private final double[] parts;
  private final double[] curvatures;
  private final double curvature;
  private final boolean hasIntercept;
  private final double gap;
  private double kappa;
  private double distance;

  /**
   * @param parts p, one a sample
   * @param curvatures h
   * @param gap G
   */
  SelfConcordance(
      Columns columns, double[] parts, double[] curvatures, boolean hasIntercept, double gap) {
    this.columns = columns;
    this.parts = parts;
    this.curvatures = curvatures;
    this.curvature = Arrays.stream(curvatures).sum();
    this.hasIntercept = hasIntercept;
    this.gap = gap;
    bound(mostOf(new double[parts.length], Double.POSITIVE_INFINITY));
  }

  /** Takes an L^2 into account. */
  private void bound(double leverage) {
    kappa = inverse(gap * leverage);
    distance = kappa > 0 ? kappa * Math.sqrt(gap / phi(kappa)) : Math.sqrt(2 * gap);
  }

  /** How far the gradient by a coefficient can be from that at the minimum. */
  double gradientRadius(int feature) {
    if (Double.isInfinite(kappa)) {
      return Double.POSITIVE_INFINITY;
    }
    double[] x = columns.toArray(feature);
    double mean = mean(x);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += curvatures[i] * (x[i] - mean) * (x[i] - mean);
    }
    double growth = kappa > 0 ? Math.expm1(kappa) / kappa : 1;
    return growth * Math.sqrt(squares) * distance * (1 + 1e-9);
  }

  private double mean(double[] x) {
    return hasIntercept ? Vectors.dot(curvatures, x) / curvature : 0;
  }

  /**
   * How far the coefficients can be from the minimum's; infinite where that is not known.
   *
   * @param open S: all other features are 0 at the fit and at the minimum
   * @param l2 of each feature of S
   */
  double radius(int[] open, double[] l2) {
    if (open.length == 0) {
      return 0;
    }
    double least = Arrays.stream(l2).min().orElse(0);
    double eigenvalue = 0;
    if (open.length <= MOST_FEATURES && open.length <= curvatures.length && curvature > 0) {
      eigenvalue = Cholesky.smallestEigenvalueBound(gram(open));
    }
    if (eigenvalue > 0) {
      bound(mostOf(squares(open), 1 / eigenvalue));
    }
    double strength = least;
    if (eigenvalue > 0 && Double.isFinite(kappa)) {
      strength += eigenvalue * (kappa > 0 ? 2 * phi(kappa) / (kappa * kappa) : 1);
    }
    return strength > 0 ? Math.sqrt(2 * gap / strength) : Double.POSITIVE_INFINITY;
  }

  /** The largest of the samples' L^2; one without a part does not matter. */
  private double mostOf(double[] squares, double factor) {
    double most = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > 0) {
        double bound =
            Double.isInfinite(factor)
                ? factor
                : squares[i] * factor + (hasIntercept ? 1 / curvature : 0);
        most = Math.max(most, Math.min(bound * (1 + 1e-9), 1 / curvatures[i]));
      }
    }
    return most;
  }

  /** {@code |x_i|^2} over some features, centred. */
  private double[] squares(int[] open) {
    double[] squares = new double[parts.length];
    for (int j : open) {
      double[] x = columns.toArray(j);
      double mean = mean(x);
      for (int i = 0; i < x.length; i++) {
        squares[i] += (x[i] - mean) * (x[i] - mean);
      }
    }
    return squares;
  }

  /** {@code X_S' diag(h) X_S}, centred. */
  private double[][] gram(int[] open) {
    double[] none = new double[curvatures.length];
    Design design = Problem.of(columns.select(open), none, curvatures, hasIntercept).design();
    int[] all = new int[open.length];
    Arrays.setAll(all, i -> i);
    double[][] gram = design.products(all, all);
    for (double[] row : gram) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= curvature / curvatures.length;
      }
    }
    return gram;
  }

  /** {@code 1 - (1 + r) exp(-r)}, from below. */
  static double phi(double r) {
    return r < 0.1
        ? r * r * (0.5 - r / 3 + r * r / 8 - r * r * r / 30)
        : -Math.expm1(-r) - r * Math.exp(-r);
  }

  /** An r with {@code phi(r)} of at least the value; infinite where there is none. */
  static double inverse(double value) {
    if (!(value < 1)) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = 1;
    while (phi(high) < value) {
      high *= 2;
      if (high > 100) {
        return Double.POSITIVE_INFINITY;
      }
    }
    for (int i = 0; i < BISECTIONS && high - low > 1e-6 * high; i++) {
      double middle = i < 8 && low == 0 ? high / 64 : (low + high) / 2;
      if (phi(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return value > 0 ? high : 0;
  }
}
