package dev.elbo.linear;

import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.Columns;
import dev.elbo.linear.internal.ElasticNetPenalty;
import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.ProximalNewton;
import dev.elbo.linear.internal.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Fits estimators with other losses than the squared one, one after the other to the same data. */
final class GeneralizedFitter implements DataFitter {
  private final double[] y;
  private final double[] weights;
  private final double weightSum;
  private final double[] factors;

  /** The features that are not left out; arrays below have one value for each of them. */
  private final int[] kept;

  private final Columns columns;
  private final double[] units;
  private final Box box;
  private final boolean hasIntercept;
  private final double nullIntercept;
  private final Loss loss;
  private final double scale;
  private final double largestPull;
  private final double rounding;

  /** Whether features are of no use: all are 0, or the intercept alone meets every sample. */
  private final boolean isNull;

  GeneralizedFitter(GeneralizedEstimator<?> estimator, Matrix x, double[] y, double[] weights) {
    Settings settings = estimator.settings;
    String where = estimator.call();
    Checks.requireTraining(where, x, y, weights);
    estimator.requireTarget(y, weights);
    this.y = y;
    this.weights = weights;
    this.weightSum = Arrays.stream(weights).sum();
    this.factors = settings.factors(where, x.columns());
    this.kept =
        IntStream.range(0, x.columns()).filter(j -> !Double.isInfinite(factors[j])).toArray();
    this.columns = kept.length == x.columns() ? x.values() : x.values().select(kept);
    this.units = new double[kept.length];
    Arrays.fill(units, 1);
    if (settings.standardize()) {
      Arrays.setAll(units, j -> columns.deviation(j, weights));
    }
    this.box = settings.box(where, x.columns()).select(kept);
    this.hasIntercept = settings.fitIntercept();
    this.nullIntercept = hasIntercept ? estimator.nullIntercept(y, weights) : 0;
    this.loss = estimator.loss(y, nullIntercept);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] / weightSum * Math.abs(loss.value(y[i], nullIntercept));
    }
    this.scale = sum;
    ProximalNewton without = withoutFeatures();
    this.largestPull = Arrays.stream(without.pulls(columns)).map(Math::abs).max().orElse(0);
    this.rounding = without.pullRounding(columns);
    boolean isConstant = Arrays.stream(y).allMatch(value -> value == y[0]);
    this.isNull = largestPull == 0 || (hasIntercept && isConstant);
  }

  private ProximalNewton withoutFeatures() {
    double[] none = new double[0];
    Columns noColumns = columns.select(new int[0]);
    return newton(
        noColumns, new ElasticNetPenalty(none, none, box.select(new int[0])), none, nullIntercept);
  }

  private ProximalNewton newton(
      Columns features, ElasticNetPenalty penalty, double[] start, double intercept) {
    return new ProximalNewton(features, y, weights, hasIntercept, loss, penalty, start, intercept);
  }

  @Override
  public LinearModel fit(FeaturewiseEstimator<?> estimator, Optional<LinearModel> before) {
    return fit(estimator, before, false);
  }

  /** Fits a model, with a radius if asked for. */
  LinearModel fit(
      FeaturewiseEstimator<?> estimator, Optional<LinearModel> before, boolean certify) {
    Settings settings = estimator.settings;
    Strength strength = estimator.strength(weightSum);
    double[] from = before.isEmpty() ? new double[factors.length] : before.get().coefficients();
    Checks.requireLength(estimator.call(), "warmStart", from.length, factors.length, "feature");
    double[] l1 = new double[kept.length];
    double[] l2 = new double[kept.length];
    double[] start = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      l1[i] = strength.l1() * factors[kept[i]] * units[i];
      l2[i] = strength.l2() * factors[kept[i]] * units[i] * units[i];
      start[i] = isNull ? 0 : from[kept[i]];
    }
    double intercept =
        isNull ? nullIntercept : before.map(LinearModel::intercept).orElse(nullIntercept);
    // What is left of a gradient that is 0 is rounding, and no part of it is smaller.
    double violation =
        isNull ? Double.POSITIVE_INFINITY : Math.max(settings.tolerance() * largestPull, rounding);
    ProximalNewton.Result result =
        newton(columns, new ElasticNetPenalty(l1, l2, box), start, hasIntercept ? intercept : 0)
            .solve(settings.tolerance() * scale, violation, settings.maxIterations(), certify);
    return model(estimator, result, l1, l2);
  }

  @Override
  public double largestAlpha(FeaturewiseEstimator<?> ofAlphaOne) {
    int[] free = which(j -> factors[kept[j]] == 0);
    int[] penalised = which(j -> factors[kept[j]] != 0);
    ProximalNewton newton = withoutFeatures();
    if (free.length > 0) {
      double[] zeros = new double[free.length];
      newton =
          newton(
              columns.select(free),
              new ElasticNetPenalty(zeros, zeros, box.select(free)),
              zeros.clone(),
              nullIntercept);
      Settings settings = ofAlphaOne.settings;
      newton.solve(
          0,
          Math.max(settings.tolerance() * largestPull, rounding),
          settings.maxIterations(),
          false);
    }
    double[] bounds = new double[penalised.length];
    double l1 = ofAlphaOne.strength(weightSum).l1();
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = l1 * factors[kept[penalised[i]]] * units[penalised[i]];
    }
    return DataFitter.largestAlpha(
        ofAlphaOne, newton.pulls(columns.select(penalised)), bounds, box.select(penalised));
  }

  private int[] which(IntPredicate test) {
    return IntStream.range(0, kept.length).filter(test).toArray();
  }

  private LinearModel model(
      FeaturewiseEstimator<?> estimator, ProximalNewton.Result result, double[] l1, double[] l2) {
    Solution solution = result.solution();
    double[] coefficients = new double[factors.length];
    List<Proof> proofs = new ArrayList<>(Collections.nCopies(factors.length, Proof.ZERO));
    for (int i = 0; i < kept.length; i++) {
      coefficients[kept[i]] = solution.coefficients()[i];
      Proof proof =
          solution.isProvenZero()[i]
              ? Proof.ZERO
              : Math.abs(coefficients[kept[i]]) > result.radius() ? Proof.NON_ZERO : Proof.OPEN;
      proofs.set(kept[i], l1[i] == 0 && l2[i] == 0 ? Proof.UNPENALISED : proof);
    }
    Gap gap = solution.gap();
    return new LinearModel(
        estimator.toString(),
        coefficients,
        result.intercept(),
        solution.iterations(),
        new Certificate(gap.value(), gap.violation(), result.radius(), proofs),
        Convergence.warning(estimator, solution, scale),
        result.loss());
  }
}
