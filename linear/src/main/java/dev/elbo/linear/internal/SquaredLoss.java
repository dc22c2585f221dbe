package dev.elbo.linear.internal;

/** {@code (y - eta)^2 / 2} */
public final class SquaredLoss implements Loss {
  @Override
  public double value(double y, double eta) {
    return (y - eta) * (y - eta) / 2;
  }

  @Override
  public double slope(double y, double eta) {
    return eta - y;
  }

  @Override
  public double slopeRounding(double y, double eta) {
    return 0x1p-52 * (Math.abs(eta) + Math.abs(y));
  }

  @Override
  public double curvature(double y, double eta) {
    return 1;
  }

  @Override
  public double gap(double y, double eta, double s) {
    return (1 - s) * (1 - s) * value(y, eta);
  }

  @Override
  public double mostCurvature() {
    return 1;
  }

  @Override
  public double error(double y, double eta) {
    return (y - eta) * (y - eta);
  }

  @Override
  public String errorName() {
    return "mean squared error";
  }

  /** {@code n log(RSS / n)}: of normal errors whose variance is the best one. */
  @Override
  public double deviance(double[] y, double[] eta) {
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      squares += error(y[i], eta[i]);
    }
    return y.length * Math.log(squares / y.length);
  }
}
