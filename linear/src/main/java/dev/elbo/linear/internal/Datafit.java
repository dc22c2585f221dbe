package dev.elbo.linear.internal;

/** The smooth part of an objective, {@code f(X b)}. */
public interface Datafit {
  /** How many coefficients there are. */
  int features();

  /** How much the gradient of coefficient j changes, at most, when that coefficient does. */
  double curvature(int feature);

  /** What a solver follows while it changes one coefficient after the other. */
  State start(double[] coefficients);

  /** The datafit at some coefficients. */
  interface State {
    /** The negative gradient of coefficient j, which the penalty holds in balance. */
    double pull(int feature);

    /** Coefficient j grows by delta. */
    void change(int feature, double delta);

    /** The value at the coefficients reached, which are handed in. */
    double value(double[] coefficients);

    /** Forgets the rounding of all changes: computes everything from the coefficients. */
    void refresh(double[] coefficients);
  }
}
