package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.NonConvexPenalty;
import dev.elbo.linear.internal.Penalty;

/**
 * {@code |y - X b|^2 / 2n + sum_j p(b_j)} with {@code p(b) = alpha |b|} up to alpha, flattening
 * from there on, and constant from gamma alpha on (Fan and Li, JASA 96, 2001): zeros as Lasso's,
 * without its pull on large coefficients.
 *
 * <p>The objective is not convex. The fit is a point where the KKT conditions hold, reached from 0
 * or from a warm start; there is no duality gap, and nothing of the support is proven.
 */
public final class Scad extends PenalizedEstimator<Scad> {
  private final double alpha;
  private final double gamma;

  private Scad(double alpha, double gamma, Settings settings) {
    super(settings);
    this.alpha = Checks.require("Scad", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.gamma = Checks.require("Scad", "gamma", gamma, 2.000001, Double.MAX_VALUE);
  }

  /** With a gamma of 3.7. */
  public static Scad of(double alpha) {
    return of(alpha, 3.7);
  }

  /**
   * The slope of the penalty is alpha at 0, and 0 from gamma alpha on; as gamma grows it becomes
   * that of {@link Lasso}.
   */
  public static Scad of(double alpha, double gamma) {
    return new Scad(alpha, gamma, Settings.DEFAULT);
  }

  /** The slope of the penalty at 0. */
  public double alpha() {
    return alpha;
  }

  @Override
  Scad with(Settings changed) {
    if (changed.lower().isPresent()) {
      throw new IllegalArgumentException(
          call() + ": expected no bounds but positive(true); use Lasso where bounds are needed.");
    }
    return new Scad(alpha, gamma, changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(alpha, 0);
  }

  /** The alphas come times their units, which this penalty keeps apart. */
  @Override
  Penalty penalty(double[] l1, double[] l2, double[] units, Box box) {
    double[] alphas = new double[l1.length];
    for (int j = 0; j < alphas.length; j++) {
      alphas[j] = units[j] > 0 ? l1[j] / units[j] : 0;
    }
    return new NonConvexPenalty(
        NonConvexPenalty.Kind.SCAD, alphas, gamma, units, settings.positive());
  }

  @Override
  String call() {
    return "Scad.of(" + alpha + ", " + gamma + ")";
  }

  @Override
  String formula() {
    return "|y - X b|^2 / 2n + " + settings.sumOf("SCAD", alpha, gamma);
  }
}
