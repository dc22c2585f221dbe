package dev.elbo.linear;

import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.GroupDescent;
import dev.elbo.linear.internal.GroupPenalty;
import dev.elbo.linear.internal.LeastSquares;
import dev.elbo.linear.internal.Problem;
import dev.elbo.linear.internal.Radius;
import dev.elbo.linear.internal.Solution;
import dev.elbo.linear.internal.Stopping;
import dev.elbo.linear.internal.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code |y - X b|^2 / 2n + alpha sum_g sqrt(|g|) |b_g|_2} over groups g of |g| features: a group
 * is 0 as a whole or not at all, as for the columns of one categorical feature.
 *
 * <p>What its certificate proves is about groups: a feature is {@link Proof#NON_ZERO} where {@code
 * |b_g|} exceeds the radius, so that its group is not 0 as a whole.
 */
public final class GroupLasso extends Estimator<GroupLasso> {
  private final double alpha;
  private final int[][] groups;

  private GroupLasso(double alpha, int[][] groups, Settings settings) {
    super(settings);
    this.alpha = Checks.require("GroupLasso", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
    this.groups = groups;
  }

  /**
   * The estimator for an alpha.
   *
   * @param groups the features of each group; each feature is in one group
   */
  public static GroupLasso of(double alpha, int[][] groups) {
    int[][] copy = new int[groups.length][];
    for (int g = 0; g < groups.length; g++) {
      copy[g] = groups[g].clone();
      Arrays.sort(copy[g]);
    }
    return new GroupLasso(alpha, copy, Settings.DEFAULT);
  }

  /** The factor of the penalty. */
  public double alpha() {
    return alpha;
  }

  /** Fits a model. */
  public LinearModel fit(Matrix x, double[] y) {
    return fit(x, y, Vectors.ones(y.length));
  }

  /** Fits a model to weighted samples. */
  public LinearModel fit(Matrix x, double[] y, double[] sampleWeight) {
    Checks.requireTraining(call(), x, y, sampleWeight);
    requireGroups(x.columns());
    Problem problem = Problem.of(x.values(), y, sampleWeight, settings.fitIntercept());
    LeastSquares datafit = problem.leastSquares(/* exact= */ true);
    double[] l1 = new double[groups.length];
    Arrays.setAll(l1, g -> alpha * Math.sqrt(groups[g].length));
    GroupPenalty penalty = new GroupPenalty(groups, l1, new double[groups.length]);
    Stopping stopping =
        new Stopping(
            settings.tolerance() * problem.scale(),
            settings.tolerance() * Math.sqrt(problem.scale()),
            settings.maxIterations());
    Solution solution =
        new GroupDescent(datafit, penalty, new double[x.columns()], stopping).solve();
    Gap gap = solution.gap();
    double[] b = solution.coefficients();
    int[] open =
        IntStream.range(0, b.length)
            .filter(j -> !solution.isProvenZero()[j] || b[j] != 0)
            .filter(j -> datafit.curvature(j) > 0)
            .toArray();
    double radius =
        Radius.of(
            gap.value() + penalty.rounding(b),
            new double[open.length],
            y.length,
            () -> datafit.gram(open));
    Proof[] proofs = new Proof[b.length];
    for (int[] group : groups) {
      double square = 0;
      for (int j : group) {
        square += b[j] * b[j];
      }
      for (int j : group) {
        Proof other = Math.sqrt(square) > radius ? Proof.NON_ZERO : Proof.OPEN;
        proofs[j] = solution.isProvenZero()[j] ? Proof.ZERO : other;
      }
    }
    return new LinearModel(
        toString(),
        solution.coefficients(),
        settings.fitIntercept() ? problem.intercept(solution.coefficients()) : 0,
        solution.iterations(),
        new Certificate(gap.value(), gap.violation(), radius, List.of(proofs)),
        Convergence.warning(this, solution, problem.scale()));
  }

  /** Fits a model; see {@link #fit(Matrix, double[])}. */
  public LinearModel fit(double[][] x, double[] y) {
    return fit(Matrix.of(x), y);
  }

  private void requireGroups(int features) {
    int[] counts = new int[features];
    for (int[] group : groups) {
      for (int j : group) {
        if (j < 0 || j >= features) {
          throw new IllegalArgumentException(
              call()
                  + ": expected features from 0 to "
                  + (features - 1)
                  + " in the groups, received "
                  + j
                  + ". Number features by their columns.");
        }
        counts[j]++;
      }
    }
    for (int j = 0; j < features; j++) {
      if (counts[j] != 1) {
        throw new IllegalArgumentException(
            call()
                + ": expected each feature in one group, received feature "
                + j
                + " in "
                + counts[j]
                + ". Give a feature that stands alone a group of its own.");
      }
    }
  }

  @Override
  GroupLasso with(Settings changed) {
    return new GroupLasso(alpha, groups, changed);
  }

  @Override
  String call() {
    return "GroupLasso.of(" + alpha + ", " + groups.length + " groups)";
  }

  @Override
  String formula() {
    return "|y - X b|^2 / 2n + " + alpha + " sum_g sqrt(|g|) |b_g|";
  }
}
