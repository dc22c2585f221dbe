package dev.elbo.linear.internal;

/**
 * {@code sum_g l1_g |b_g|_2 + l2_g / 2 |b_g|_2^2} over groups of coefficients.
 *
 * @param groups the features of each group
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record GroupPenalty(int[][] groups, double[] l1, double[] l2) {
  private static final double INSIDE = 1 - 0x1p-50;
  private static final double ROUNDING = 1e-12;

  double value(int group, double[] b) {
    double square = Vectors.dot(b, b);
    return l1[group] * Math.sqrt(square) + l2[group] / 2 * square;
  }

  /** The b that minimises {@code curvature / 2 |b - point|^2 + value(b)}; the point is changed. */
  void prox(int group, double[] point, double curvature) {
    double norm = Vectors.norm(point);
    double left = norm > 0 ? Math.max(1 - l1[group] / (curvature * norm), 0) : 0;
    double factor = left / (1 + l2[group] / curvature);
    for (int i = 0; i < point.length; i++) {
      point[i] *= factor;
    }
  }

  double violation(int group, double[] b, double[] pulls) {
    double norm = Vectors.norm(b);
    if (norm == 0) {
      return Math.max(-slack(group, pulls), 0);
    }
    double worst = 0;
    for (int i = 0; i < b.length; i++) {
      worst = Math.max(worst, Math.abs(pulls[i] - l1[group] * b[i] / norm - l2[group] * b[i]));
    }
    return worst;
  }

  double slack(int group, double[] pulls) {
    return l1[group] - Vectors.norm(pulls);
  }

  /** What the group adds to a gap whose dual point is scaled by s; never negative. */
  double gap(int group, double[] b, double[] pulls, double s) {
    double excess = s * Vectors.norm(pulls) - l1[group];
    double conjugate = 0;
    if (excess > 0) {
      conjugate = l2[group] > 0 ? excess * excess / (2 * l2[group]) : Double.POSITIVE_INFINITY;
    }
    return Math.max(value(group, b) + conjugate - s * Vectors.dot(b, pulls), 0);
  }

  double scaleToZero(int group, double[] pulls) {
    double norm = Vectors.norm(pulls);
    return norm <= l1[group] ? 1 : l1[group] / norm * INSIDE;
  }

  boolean isZeroAround(int group, double norm, double radius) {
    return norm + radius < l1[group] * (1 - ROUNDING);
  }

  /** What a gap may be wrong by; see {@link Gap#rounding}. */
  public double rounding(double[] b) {
    double sum = 0;
    for (int g = 0; g < groups.length; g++) {
      double square = 0;
      for (int j : groups[g]) {
        square += b[j] * b[j];
      }
      sum += l1[g] * Math.sqrt(square) + l2[g] / 2 * square;
    }
    return Gap.rounding(sum);
  }

  boolean hasGap() {
    for (int g = 0; g < l1.length; g++) {
      if (!(l1[g] > 0 || l2[g] > 0)) {
        return false;
      }
    }
    return true;
  }
}
