package dev.elbo.linear.internal;

/**
 * {@code sum_j l1_j |b_j| + l2_j / 2 b_j^2}, and infinite where b_j leaves {@code [lower_j,
 * upper_j]}, which holds 0.
 */
public final class ElasticNetPenalty implements Penalty {
  /** Scaled pulls stay inside their domain after rounding. */
  private static final double INSIDE = 1 - 0x1p-50;

  /** A pull this near to its bound, relatively, proves nothing: it may be rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] l1;
  private final double[] l2;
  private final Box box;
  private final boolean hasGap;

  public ElasticNetPenalty(double[] l1, double[] l2, Box box) {
    this.l1 = l1.clone();
    this.l2 = l2.clone();
    this.box = box;
    boolean all = true;
    for (int j = 0; j < l1.length; j++) {
      all &= l1[j] > 0 || l2[j] > 0 || box.isBounded(j);
    }
    this.hasGap = all;
  }

  @Override
  public double value(int feature, double coefficient) {
    if (coefficient < box.lower(feature) || coefficient > box.upper(feature)) {
      return Double.POSITIVE_INFINITY;
    }
    return l1[feature] * Math.abs(coefficient) + l2[feature] / 2 * coefficient * coefficient;
  }

  @Override
  public double prox(int feature, double point, double curvature) {
    double threshold = l1[feature] / curvature;
    double shrunk = 1 + l2[feature] / curvature;
    if (point > threshold) {
      return Math.min((point - threshold) / shrunk, box.upper(feature));
    }
    return point < -threshold ? Math.max((point + threshold) / shrunk, box.lower(feature)) : 0;
  }

  /** Where b is that {@code b * pull - value(b)} is largest at. */
  @Override
  public double conjugate(int feature, double pull) {
    double excess = Math.abs(pull) - l1[feature];
    double end = pull > 0 ? box.upper(feature) : -box.lower(feature);
    if (excess <= 0 || end == 0) {
      return 0;
    }
    double curvature = l2[feature];
    double size = curvature > 0 ? Math.min(excess / curvature, end) : end;
    return Double.isInfinite(size) ? size : size * excess - curvature / 2 * size * size;
  }

  @Override
  public double violation(int feature, double coefficient, double pull) {
    double rest =
        coefficient == 0
            ? Math.signum(pull) * Math.max(Math.abs(pull) - l1[feature], 0)
            : pull - l1[feature] * Math.signum(coefficient) - l2[feature] * coefficient;
    boolean held = rest > 0 ? coefficient >= box.upper(feature) : coefficient <= box.lower(feature);
    return held ? 0 : Math.abs(rest);
  }

  @Override
  public double scaleIntoDomain(int feature, double pull) {
    boolean ends =
        Double.isFinite(pull > 0 ? box.upper(feature) : box.lower(feature)) || l2[feature] > 0;
    return ends ? 1 : scaleToZero(feature, pull);
  }

  @Override
  public double scaleToZero(int feature, double pull) {
    double size = size(feature, pull);
    return size <= l1[feature] ? 1 : l1[feature] / size * INSIDE;
  }

  @Override
  public double slope(int feature, double coefficient) {
    boolean isInside =
        coefficient > box.lower(feature) && coefficient < box.upper(feature) && coefficient != 0;
    return isInside
        ? l1[feature] * Math.signum(coefficient) + l2[feature] * coefficient
        : Double.NaN;
  }

  @Override
  public double slack(int feature, double pull) {
    return l1[feature] - size(feature, pull);
  }

  @Override
  public boolean isZeroAround(int feature, double pull, double radius) {
    double bound = l1[feature] * (1 - ROUNDING);
    return (box.upper(feature) == 0 || pull + radius < bound)
        && (box.lower(feature) == 0 || radius - pull < bound);
  }

  @Override
  public boolean hasGap() {
    return hasGap;
  }

  @Override
  public double curvature(int feature) {
    return l2[feature];
  }

  /** A pull towards values that are forbidden does nothing. */
  private double size(int feature, double pull) {
    return (pull > 0 ? box.upper(feature) : box.lower(feature)) == 0 ? 0 : Math.abs(pull);
  }
}
