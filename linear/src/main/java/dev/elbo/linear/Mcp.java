package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.NonConvexPenalty;
import dev.elbo.linear.internal.Penalty;

/**
 * {@code |y - X b|^2 / 2n + sum_j p(b_j)} with {@code p(b) = alpha |b| - b^2 / (2 gamma)} up to
 * gamma alpha, constant from there on (Zhang, Annals of Statistics 38, 2010): zeros as Lasso's,
 * without its pull on large coefficients.
 *
 * <p>The objective is not convex. The fit is a point where the KKT conditions hold, reached from 0
 * or from a warm start; there is no duality gap, and nothing of the support is proven.
 */
public final class Mcp extends PenalizedEstimator<Mcp> {
  private final double alpha;
  private final double gamma;

  private Mcp(double alpha, double gamma, Settings settings) {
    super(settings);
    this.alpha = Checks.require("Mcp", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.gamma = Checks.require("Mcp", "gamma", gamma, Double.MIN_NORMAL, Double.MAX_VALUE);
  }

  /** With a gamma of 3. */
  public static Mcp of(double alpha) {
    return of(alpha, 3);
  }

  /**
   * The slope of the penalty is alpha at 0, and 0 from gamma alpha on; as gamma grows it becomes
   * that of {@link Lasso}.
   */
  public static Mcp of(double alpha, double gamma) {
    return new Mcp(alpha, gamma, Settings.DEFAULT);
  }

  /** The slope of the penalty at 0. */
  public double alpha() {
    return alpha;
  }

  @Override
  Mcp with(Settings changed) {
    if (changed.lower().isPresent()) {
      throw new IllegalArgumentException(
          call() + ": expected no bounds but positive(true); use Lasso where bounds are needed.");
    }
    return new Mcp(alpha, gamma, changed);
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
        NonConvexPenalty.Kind.MCP, alphas, gamma, units, settings.positive());
  }

  @Override
  String call() {
    return "Mcp.of(" + alpha + ", " + gamma + ")";
  }

  @Override
  String formula() {
    return "|y - X b|^2 / 2n + " + settings.sumOf("MCP", alpha, gamma);
  }
}
