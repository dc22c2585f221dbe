package dev.elbo.linear.internal;

import java.util.function.UnaryOperator;

/** The smooth part of an objective, {@code f(X b)}. */
public interface Datafit {
  /** How many coefficients there are. */
  int features();

  /** How much the gradient of coefficient j changes, at most, when that coefficient does. */
  double curvature(int feature);

  /** What the second derivatives by some coefficients turn vectors into. */
  UnaryOperator<double[]> curvature(int[] features);

  /** What a solver knows about the data at the coefficients it has reached. */
  State start(double[] coefficients);

  /** The datafit at some coefficients, all features in view. */
  interface State {
    /**
     * The negative gradients of some coefficients, which the penalty holds in balance.
     *
     * @param into one a feature, of which those asked for are written
     */
    void pulls(int[] features, double[] into);

    /** The value at the coefficients reached, which are handed in. */
    double value(double[] coefficients);

    /**
     * Goes to other coefficients.
     *
     * @return how far a pull can have moved since the last call, over the root of its curvature;
     *     infinite where that is not known
     */
    double refresh(double[] coefficients);

    /**
     * What to descend with on some features only.
     *
     * @param set the features, ascending
     * @param coefficients of all features, at which this state is
     */
    Descent within(int[] set, double[] coefficients);
  }

  /** The datafit while some coefficients change; features are named by their place in the set. */
  interface Descent {
    /** The negative gradient. */
    double pull(int place);

    /** Whether to ask for a pull costs nothing. */
    boolean knowsPulls();

    /** These coefficients will change soon, so that what that takes may be made ready for all. */
    void expect(int[] places);

    /** A coefficient grows by delta. */
    void change(int place, double delta);

    /** The value at the coefficients reached, which are handed in, those of the set. */
    double value(double[] coefficients);

    /** The second derivatives by some coefficients. */
    double[][] gram(int[] places);

    /**
     * What the second derivatives by some coefficients turn into the target; empty where they are
     * singular, and where another way to find it is as good.
     */
    double[] solve(int[] places, double[] target);

    /** A copy of all that changes, which is affine in the coefficients. */
    double[] snapshot();

    /** Goes to a snapshot, or to a combination of several whose weights sum to 1. */
    void restore(double[] snapshot);
  }
}
