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

  /** {@code 2 (y log(y / rate) - y + rate)}, the deviance. */
  @Override
  public double error(double y, double eta) {
    double rate = Math.exp(eta);
    return 2 * ((y > 0 ? y * (Math.log(y) - eta) : 0) - y + rate);
  }

  @Override
  public String errorName() {
    return "Poisson deviance";
  }

  @Override
  public double deviance(double[] y, double[] eta) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += error(y[i], eta[i]);
    }
    return sum;
  }

  @Override
  public double mostCurvature() {
    return Double.POSITIVE_INFINITY;
  }
}
