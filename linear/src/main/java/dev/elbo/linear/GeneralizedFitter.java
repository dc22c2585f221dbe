package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.Columns;
import dev.elbo.linear.internal.ElasticNetPenalty;
import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.HuberLoss;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.ProximalNewton;
import dev.elbo.linear.internal.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Fits estimators with other losses than the squared one. */
final class GeneralizedFitter {
  private GeneralizedFitter() {}

  static GeneralizedModel fit(
      GeneralizedEstimator<?> estimator, Matrix x, double[] y, double[] weights) {
    Settings settings = estimator.settings;
    String where = estimator.call();
    Checks.requireData(where, x, y, weights);
    estimator.requireTarget(y, weights);
    int p = x.columns();
    double weightSum = Arrays.stream(weights).sum();
    double[] factors = settings.factors(where, p);
    int[] kept = IntStream.range(0, p).filter(j -> !Double.isInfinite(factors[j])).toArray();
    Columns columns = kept.length == p ? x.values() : x.values().select(kept);
    double[] units = units(settings, columns, weights);
    Strength strength = estimator.strength(weightSum);
    double[] l1 = new double[kept.length];
    double[] l2 = new double[kept.length];
    double[] start = new double[kept.length];
    double[] from = settings.start(where, p);
    for (int i = 0; i < kept.length; i++) {
      l1[i] = strength.l1() * factors[kept[i]] * units[i];
      l2[i] = strength.l2() * factors[kept[i]] * units[i] * units[i];
      start[i] = from[kept[i]];
    }
    Box box = settings.box(where, p).select(kept);
    double nullIntercept = settings.fitIntercept() ? estimator.nullIntercept(y, weights) : 0;
    double intercept = settings.warmStart().map(LinearModel::intercept).orElse(nullIntercept);
    Loss loss = estimator.loss(y, intercept);
    ProximalNewton newton =
        new ProximalNewton(
            columns,
            y,
            weights,
            settings.fitIntercept(),
            loss,
            new ElasticNetPenalty(l1, l2, box),
            start,
            settings.fitIntercept() ? intercept : 0);
    double scale = 0;
    for (int i = 0; i < y.length; i++) {
      scale += weights[i] / weightSum * Math.abs(loss.value(y[i], nullIntercept));
    }
    ProximalNewton.Result result =
        newton.solve(settings.tolerance() * scale, settings.tolerance(), settings.maxIterations());
    return model(estimator, result, kept, factors, l1, l2, scale);
  }

  private static double[] units(Settings settings, Columns columns, double[] weights) {
    double[] units = new double[columns.count()];
    Arrays.fill(units, 1);
    if (settings.standardize()) {
      Arrays.setAll(units, j -> columns.deviation(j, weights));
    }
    return units;
  }

  private static GeneralizedModel model(
      GeneralizedEstimator<?> estimator,
      ProximalNewton.Result result,
      int[] kept,
      double[] factors,
      double[] l1,
      double[] l2,
      double scale) {
    Solution solution = result.solution();
    double[] coefficients = new double[factors.length];
    List<Proof> proofs = new ArrayList<>(Collections.nCopies(factors.length, Proof.ZERO));
    for (int i = 0; i < kept.length; i++) {
      coefficients[kept[i]] = solution.coefficients()[i];
      Proof proof = solution.isProvenZero()[i] ? Proof.ZERO : Proof.OPEN;
      proofs.set(kept[i], l1[i] == 0 && l2[i] == 0 ? Proof.UNPENALISED : proof);
    }
    Gap gap = solution.gap();
    LinearModel linear =
        new LinearModel(
            estimator.toString(),
            coefficients,
            result.intercept(),
            solution.iterations(),
            new Certificate(gap.value(), gap.violation(), Double.POSITIVE_INFINITY, proofs),
            Convergence.warning(estimator, solution, scale));
    double sigma = result.loss() instanceof HuberLoss huber ? huber.sigma() : 1;
    return new GeneralizedModel(linear, result.loss(), sigma);
  }
}
