package dev.elbo.linear.internal;

/** {@code exp(eta) - y eta}, half of the deviance up to what only y decides; y of 0 or more. */
public final class PoissonLoss implements Loss {
  @Override
  public double value(double y, double eta) {
    return Math.exp(eta) - y * eta;
  }

  @Override
  public double slope(double y, double eta) {
    return Math.exp(eta) - y;
  }

  @Override
  public double curvature(double y, double eta) {
    return Math.exp(eta);
  }

  @Override
  public double gap(double y, double eta, double s) {
    return Double.NaN;
  }

  @Override
  public double mostCurvature() {
    return Double.POSITIVE_INFINITY;
  }
}
