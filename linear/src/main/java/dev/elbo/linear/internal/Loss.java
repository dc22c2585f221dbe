package dev.elbo.linear.internal;

/** What one sample adds to the objective, as a function of {@code eta = x b + intercept}. */
public interface Loss {
  /** The loss; convex in eta. */
  double value(double y, double eta);

  /** Its derivative by eta. */
  double slope(double y, double eta);

  /** What the slope may be wrong by in float64. */
  double slopeRounding(double y, double eta);

  /**
   * The second derivative, or the curvature of a parabola that touches the loss here and stays
   * above it.
   */
  double curvature(double y, double eta);

  /**
   * {@code value + conjugate(s slope) - s slope eta}, which is never negative: what this sample
   * adds to a duality gap whose dual point is s times the slopes. NaN where the loss has no gap.
   */
  double gap(double y, double eta, double s);

  /** A bound of the second derivative; infinite where there is none. */
  double mostCurvature();

  /** Whether the third derivative is nowhere larger than the second. */
  default boolean isSelfConcordant() {
    return false;
  }

  /** What cross-validation averages over the samples left out; 0 or more but for rounding. */
  double error(double y, double eta);

  /** What {@link #error} is called. */
  String errorName();

  /** Minus twice the log-likelihood of samples, up to what is the same for all models. */
  double deviance(double[] y, double[] eta);

  /** The same kind of loss at its best parameters for these, where it has parameters. */
  default Loss adapted(double[] y, double[] eta, double[] weights) {
    return this;
  }
}
