package dev.elbo.linear.internal;

/**
 * Which values each coefficient may have: {@code [lower_j, upper_j]}, which holds 0.
 *
 * @param lowest one a feature, 0 or less
 * @param highest one a feature, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Box(double[] lowest, double[] highest) {

  double lower(int feature) {
    return lowest[feature];
  }

  double upper(int feature) {
    return highest[feature];
  }

  /** Whether a coefficient is held on both sides. */
  boolean isBounded(int feature) {
    return Double.isFinite(lowest[feature]) && Double.isFinite(highest[feature]);
  }

  /** Whether some coefficient is held on some side. */
  public boolean holds() {
    for (int j = 0; j < lowest.length; j++) {
      if (Double.isFinite(lowest[j]) || Double.isFinite(highest[j])) {
        return true;
      }
    }
    return false;
  }

  /** The same for some features. */
  public Box select(int[] features) {
    double[] low = new double[features.length];
    double[] high = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      low[i] = lowest[features[i]];
      high[i] = highest[features[i]];
    }
    return new Box(low, high);
  }
}
