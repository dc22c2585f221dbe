package dev.elbo.linear.internal;

/** Minimises datafit + penalty. */
public interface Solver {
  /**
   * The minimum to the accuracy asked for, or what was reached when the iterations ran out.
   *
   * @param datafit the smooth part
   * @param penalty the separable part
   * @param start where to begin, left as it is
   * @param stopping when to end
   */
  Solution solve(Datafit datafit, Penalty penalty, double[] start, Stopping stopping);
}
