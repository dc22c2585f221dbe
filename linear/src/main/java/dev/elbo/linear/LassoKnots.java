package dev.elbo.linear;

import dev.elbo.linear.internal.Homotopy;
import dev.elbo.linear.internal.Problem;
import dev.elbo.linear.internal.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The exact path of {@link Lasso}: the alphas (knots) at which a feature joins or leaves, found by
 * homotopy, and the features in between.
 *
 * <p>Meant for some hundreds of features in the support: each knot factorises the active columns'
 * products. A column that is a combination of active ones never joins; the path is then one of
 * several with the same predictions.
 *
 * @param segments from the largest alpha down to 0
 */
public record LassoKnots(List<Segment> segments) {
  public LassoKnots {
    segments = List.copyOf(segments);
  }

  /**
   * A piece between two knots. Inside, and not at its ends, exactly these features are not 0.
   *
   * @param low the alpha at its lower end
   * @param high the alpha at its upper end
   * @param features those that are not 0, ascending
   */
  public record Segment(double low, double high, List<Integer> features) {
    public Segment {
      features = List.copyOf(features);
    }
  }

  /**
   * Finds the knots.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @throws IllegalArgumentException if lengths differ, a value is not finite or larger than 1e75,
   *     a column or y has values other than 0 but none of 1e-75 or more, or there is no data
   * @throws IllegalStateException if there are more than 20 (n + p) knots
   */
  public static LassoKnots of(Matrix x, double[] y) {
    return of(x, y, true);
  }

  /**
   * Finds the knots of the path with or without an intercept; see {@link #of(Matrix, double[])}.
   */
  public static LassoKnots of(Matrix x, double[] y, boolean fitIntercept) {
    double[] ones = Vectors.ones(y.length);
    Checks.requireTraining("LassoKnots", x, y, ones);
    Problem problem = Problem.of(x.values(), y, ones, fitIntercept);
    List<Segment> segments = new ArrayList<>();
    for (Homotopy.Segment piece : Homotopy.segments(problem.design(), problem.y())) {
      segments.add(new Segment(piece.low(), piece.high(), piece.features()));
    }
    return new LassoKnots(segments);
  }

  /** Finds the knots; see {@link #of(Matrix, double[])}. */
  public static LassoKnots of(double[][] x, double[] y) {
    return of(Matrix.of(x), y);
  }

  /** From this alpha on all coefficients are 0. */
  public double largestAlpha() {
    return segments.isEmpty() ? 0 : segments.getFirst().high();
  }

  /**
   * All alphas that leave exactly so many features. The count is not monotone in alpha, so that
   * there may be several pieces, with different features; or none, and then the answer says which
   * counts come next.
   */
  public FeatureSelection selectFeatures(int count) {
    Checks.require("selectFeatures", "count", count, 1, Integer.MAX_VALUE);
    OptionalInt fewer = counts().filter(other -> other < count).max();
    OptionalInt more = counts().filter(other -> other > count).min();
    List<Segment> chosen =
        segments.stream().filter(segment -> segment.features().size() == count).toList();
    return new FeatureSelection(count, chosen, fewer, more);
  }

  private IntStream counts() {
    return segments.stream().mapToInt(segment -> segment.features().size());
  }
}
