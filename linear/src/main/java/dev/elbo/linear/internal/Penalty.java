package dev.elbo.linear.internal;

/**
 * The part of an objective that is a sum over the coefficients, and all that a solver asks of it.
 */
public interface Penalty {
  /** The penalty of coefficient j; infinite where a constraint forbids the value. */
  double value(int feature, double coefficient);

  /** The b that minimises {@code curvature / 2 (b - point)^2 + value(b)}. */
  double prox(int feature, double point, double curvature);

  /**
   * {@code max over b of b * pull - value(b)}, the Fenchel conjugate; infinite outside its domain.
   */
  double conjugate(int feature, double pull);

  /** How far a pull is from the subdifferential at the coefficient: the violation of KKT. */
  double violation(int feature, double coefficient, double pull);

  /** The largest s in [0, 1] for which the conjugate at {@code s * pull} is finite. */
  double scaleIntoDomain(int feature, double pull);

  /** The largest s in [0, 1] for which the conjugate at {@code s * pull} is 0. */
  double scaleToZero(int feature, double pull);

  /** Whether every pull that is nearer than the radius makes the coefficient 0. */
  boolean isZeroAround(int feature, double pull, double radius);

  /** Whether a duality gap exists that falls to 0: every coefficient has some penalty. */
  boolean hasGap();

  /**
   * The derivative at a coefficient that is not 0 and not at a bound; NaN elsewhere, and where the
   * penalty is not convex.
   */
  double slope(int feature, double coefficient);

  /** How much further a pull may go before the coefficient 0 moves; negative where it has. */
  double slack(int feature, double pull);

  /** How strongly convex the penalty of coefficient j is: l2. */
  double curvature(int feature);
}
