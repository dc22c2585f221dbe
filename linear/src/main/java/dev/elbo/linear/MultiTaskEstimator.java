package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.GroupDescent;
import dev.elbo.linear.internal.GroupPenalty;
import dev.elbo.linear.internal.LeastSquares;
import dev.elbo.linear.internal.Problem;
import dev.elbo.linear.internal.Radius;
import dev.elbo.linear.internal.Solution;
import dev.elbo.linear.internal.Stopping;
import dev.elbo.linear.internal.TaskDesign;
import dev.elbo.linear.internal.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code |Y - X B|^2 / 2n + l1 sum_j |B_j| + l2 / 2 |B|^2}, B with one row a feature and one column
 * a target, {@code |B_j|} the length of a row: a feature serves all targets or none.
 *
 * @param <E> the estimator itself
 */
@CheckReturnValue
public abstract sealed class MultiTaskEstimator<E extends MultiTaskEstimator<E>>
    extends Estimator<E> permits MultiTaskLasso, MultiTaskElasticNet {
  MultiTaskEstimator(Settings settings) {
    super(settings);
  }

  abstract Strength strength();

  /**
   * Fits a model.
   *
   * @param x the samples, one a row
   * @param y the targets, one row a sample
   * @throws IllegalArgumentException if lengths differ, a value is not finite or larger than 1e75,
   *     a column or y has values other than 0 but none of 1e-75 or more, or there is no data
   */
  public final MultiTaskModel fit(Matrix x, double[][] y) {
    return fit(x, y, Vectors.ones(y.length));
  }

  /**
   * Fits a model to weighted samples: with weights w, {@code |Y - X B|^2 / n} stands for {@code
   * sum(w_i |y_i - x_i B|^2) / sum(w)}.
   *
   * @param x the samples, one a row
   * @param y the targets, one row a sample
   * @param sampleWeight how much each sample counts, 0 or more
   * @throws IllegalArgumentException if lengths differ, a value is not finite or larger than 1e75,
   *     a column or y has values other than 0 but none of 1e-75 or more, a weight is negative, or
   *     there is no data
   */
  public final MultiTaskModel fit(Matrix x, double[][] y, double[] sampleWeight) {
    int tasks = y.length == 0 ? 0 : y[0].length;
    double[][] targets = new double[tasks][y.length];
    for (int i = 0; i < y.length; i++) {
      Checks.requireLength(call(), "row " + i + " of y", y[i].length, tasks, "target");
      for (int t = 0; t < tasks; t++) {
        targets[t][i] = y[i][t];
      }
    }
    Checks.requireTraining(call(), x, tasks == 0 ? new double[0] : targets[0], sampleWeight);
    int n = y.length;
    double[] stacked = new double[n * tasks];
    Problem[] problems = new Problem[tasks];
    double scale = 0;
    for (int t = 0; t < tasks; t++) {
      Checks.requireTraining(call(), x, targets[t], sampleWeight);
      problems[t] = Problem.of(x.values(), targets[t], sampleWeight, settings.fitIntercept());
      System.arraycopy(problems[t].y(), 0, stacked, t * n, n);
      scale += problems[t].scale();
    }
    LeastSquares datafit =
        new LeastSquares(new TaskDesign(problems[0].design(), tasks), stacked, n, true);
    int[][] groups = new int[x.columns()][tasks];
    for (int j = 0; j < groups.length; j++) {
      int first = j * tasks;
      Arrays.setAll(groups[j], t -> first + t);
    }
    double[] l1 = new double[groups.length];
    double[] l2 = new double[groups.length];
    Arrays.fill(l1, strength().l1());
    Arrays.fill(l2, strength().l2());
    Stopping stopping =
        new Stopping(
            settings.tolerance() * scale,
            settings.tolerance() * Math.sqrt(scale),
            settings.maxIterations());
    GroupPenalty penalty = new GroupPenalty(groups, l1, l2);
    Solution solution =
        new GroupDescent(datafit, penalty, new double[groups.length * tasks], stopping).solve();
    return model(solution, problems, penalty, scale);
  }

  private MultiTaskModel model(
      Solution solution, Problem[] problems, GroupPenalty penalty, double scale) {
    int tasks = problems.length;
    int features = solution.coefficients().length / tasks;
    double[][] coefficients = new double[features][tasks];
    double[] intercepts = new double[tasks];
    double[] sizes = new double[features];
    for (int j = 0; j < features; j++) {
      System.arraycopy(solution.coefficients(), j * tasks, coefficients[j], 0, tasks);
      sizes[j] = Math.sqrt(Arrays.stream(coefficients[j]).map(value -> value * value).sum());
    }
    double radius = radius(solution, problems[0], penalty, sizes);
    List<Proof> proofs = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      Proof other = sizes[j] > radius ? Proof.NON_ZERO : Proof.OPEN;
      proofs.add(solution.isProvenZero()[j * tasks] ? Proof.ZERO : other);
    }
    for (int t = 0; t < tasks && settings.fitIntercept(); t++) {
      double[] own = new double[features];
      for (int j = 0; j < features; j++) {
        own[j] = coefficients[j][t];
      }
      intercepts[t] = problems[t].intercept(own);
    }
    Gap gap = solution.gap();
    return new MultiTaskModel(
        toString(),
        coefficients,
        intercepts,
        solution.iterations(),
        new Certificate(gap.value(), gap.violation(), radius, proofs),
        Convergence.warning(this, solution, scale));
  }

  /** All targets have the same design, so that one has the curvature of all. */
  private static double radius(
      Solution solution, Problem problem, GroupPenalty penalty, double[] sizes) {
    int tasks = solution.coefficients().length / sizes.length;
    LeastSquares one = new LeastSquares(problem.design(), problem.y());
    int[] open =
        IntStream.range(0, sizes.length)
            .filter(j -> !solution.isProvenZero()[j * tasks] || sizes[j] > 0)
            .filter(j -> one.curvature(j) > 0)
            .toArray();
    return Radius.of(
        solution.gap().value() + penalty.rounding(solution.coefficients()),
        Arrays.stream(open).mapToDouble(j -> penalty.l2()[j]).toArray(),
        problem.y().length,
        () -> one.gram(open));
  }

  /** Fits a model to weighted samples; see {@link #fit(Matrix, double[][], double[])}. */
  public final MultiTaskModel fit(double[][] x, double[][] y, double[] sampleWeight) {
    return fit(Matrix.of(x), y, sampleWeight);
  }

  /** Fits a model; see {@link #fit(Matrix, double[][])}. */
  public final MultiTaskModel fit(double[][] x, double[][] y) {
    return fit(Matrix.of(x), y);
  }
}
