package dev.elbo.linear.internal;

/**
 * {@code sum_j l1_j |b_j| + l2_j / 2 b_j^2}, and infinite at negative coefficients when they must
 * be positive.
 */
public final class ElasticNetPenalty implements Penalty {
  /** Scaled pulls stay inside their domain after rounding. */
  private static final double INSIDE = 1 - 0x1p-50;

  /** A pull this near to its bound, relatively, proves nothing: it may be rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] l1;
  private final double[] l2;
  private final boolean positive;

  public ElasticNetPenalty(double[] l1, double[] l2, boolean positive) {
    this.l1 = l1.clone();
    this.l2 = l2.clone();
    this.positive = positive;
  }

  @Override
  public double value(int feature, double coefficient) {
    if (positive && coefficient < 0) {
      return Double.POSITIVE_INFINITY;
    }
    return l1[feature] * Math.abs(coefficient) + l2[feature] / 2 * coefficient * coefficient;
  }

  @Override
  public double prox(int feature, double point, double curvature) {
    double threshold = l1[feature] / curvature;
    double shrunk = 1 + l2[feature] / curvature;
    if (point > threshold) {
      return (point - threshold) / shrunk;
    }
    return point < -threshold && !positive ? (point + threshold) / shrunk : 0;
  }

  @Override
  public double conjugate(int feature, double pull) {
    double excess = size(pull) - l1[feature];
    if (excess <= 0) {
      return 0;
    }
    return l2[feature] > 0 ? excess * excess / (2 * l2[feature]) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double violation(int feature, double coefficient, double pull) {
    if (coefficient == 0) {
      return Math.max(size(pull) - l1[feature], 0);
    }
    return Math.abs(pull - l1[feature] * Math.signum(coefficient) - l2[feature] * coefficient);
  }

  @Override
  public double scaleIntoDomain(int feature, double pull) {
    return l2[feature] > 0 ? 1 : scaleToZero(feature, pull);
  }

  @Override
  public double scaleToZero(int feature, double pull) {
    double size = size(pull);
    return size <= l1[feature] ? 1 : l1[feature] / size * INSIDE;
  }

  @Override
  public boolean isZeroAround(int feature, double pull, double radius) {
    return (positive ? pull : Math.abs(pull)) + radius < l1[feature] * (1 - ROUNDING);
  }

  @Override
  public boolean hasGap() {
    for (int j = 0; j < l1.length; j++) {
      if (l1[j] == 0 && l2[j] == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double curvature(int feature) {
    return l2[feature];
  }

  /** A pull towards negative coefficients does nothing where they are forbidden. */
  private double size(double pull) {
    return positive ? Math.max(pull, 0) : Math.abs(pull);
  }
}
