package dev.elbo.linear.internal;

/** {@code log(1 + exp(eta)) - y eta}, y being 0 or 1. */
public final class LogisticLoss implements Loss {

  /** {@code 1 / (1 + exp(-eta))} */
  public static double sigmoid(double eta) {
    if (eta >= 0) {
      return 1 / (1 + Math.exp(-eta));
    }
    double e = Math.exp(eta);
    return e / (1 + e);
  }

  @Override
  public double value(double y, double eta) {
    return Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y * eta;
  }

  @Override
  public double slope(double y, double eta) {
    return y == 1 ? -sigmoid(-eta) : sigmoid(eta);
  }

  @Override
  public double slopeRounding(double y, double eta) {
    return 0x1p-52;
  }

  @Override
  public double curvature(double y, double eta) {
    return sigmoid(eta) * sigmoid(-eta);
  }

  /** With m = eta for y = 0 and -eta for y = 1, and q = s sigmoid(m). */
  @Override
  public double gap(double y, double eta, double s) {
    if (s == 1) {
      return 0;
    }
    double m = y == 1 ? -eta : eta;
    double q = s * sigmoid(m);
    double entropy = xLogX(q) + (q < 1 ? (1 - q) * Math.log1p(-q) : 0);
    return Math.max(value(0, m) + entropy - q * m, 0);
  }

  /** The log loss, in nats. */
  @Override
  public double error(double y, double eta) {
    return value(y, eta);
  }

  @Override
  public String errorName() {
    return "log loss";
  }

  /** Twice the sum of the log losses. */
  @Override
  public double deviance(double[] y, double[] eta) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += 2 * value(y[i], eta[i]);
    }
    return sum;
  }

  static double xLogX(double x) {
    return x > 0 ? x * Math.log(x) : 0;
  }

  @Override
  public boolean isSelfConcordant() {
    return true;
  }

  @Override
  public double mostCurvature() {
    return 0.25;
  }
}
