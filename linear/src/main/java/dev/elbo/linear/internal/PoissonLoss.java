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
  public double slopeRounding(double y, double eta) {
    return 0x1p-52 * (Math.exp(eta) + y);
  }

  @Override
  public double curvature(double y, double eta) {
    return Math.exp(eta);
  }

  /**
   * With {@code q = s rate + (1 - s) y}, at which the conjugate is {@code q log(q) - q}: {@code q
   * log(q / rate) - q + rate}.
   */
  @Override
  public double gap(double y, double eta, double s) {
    double rate = Math.exp(eta);
    double more = (1 - s) * (y - rate) / rate;
    // rate > 0 and y >= 0, so that more >= -1; of a rate that is 0 in float64 nothing is known.
    if (rate == 0) {
      return s == 1 || y == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return more <= -1 ? rate : rate * Math.max((1 + more) * Math.log1p(more) - more, 0);
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
  public boolean isSelfConcordant() {
    return true;
  }

  @Override
  public double mostCurvature() {
    return Double.POSITIVE_INFINITY;
  }
}
