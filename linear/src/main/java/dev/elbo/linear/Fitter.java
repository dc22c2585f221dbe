package dev.elbo.linear;

import dev.elbo.linear.internal.Basis;
import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.CoordinateDescent;
import dev.elbo.linear.internal.Design;
import dev.elbo.linear.internal.ElasticNetPenalty;
import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.LeastSquares;
import dev.elbo.linear.internal.Penalty;
import dev.elbo.linear.internal.Problem;
import dev.elbo.linear.internal.Radius;
import dev.elbo.linear.internal.RidgePath;
import dev.elbo.linear.internal.RidgeSystem;
import dev.elbo.linear.internal.Solution;
import dev.elbo.linear.internal.Solver;
import dev.elbo.linear.internal.Stopping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Fits one estimator after the other to the same data.
 *
 * <p>Features without a penalty are projected out of the target and of the others first, and their
 * coefficients found at the end by least squares: exact, and what is left has a duality gap. (Not
 * when coefficients must be positive.)
 */
final class Fitter implements DataFitter {
  /** Closed forms of larger systems than this take longer than coordinate descent. */
  private static final int CLOSED_FORM = 3_000;

  private final Matrix x;
  private final double[] target;
  private final double[] weights;
  private final Problem problem;
  private final double weightSum;
  private final double[] factors;
  private final double[] deviations;
  private final Box box;
  private final Box ownBox;
  private final double[] ownDeviations;

  /** What a strength is multiplied by to give each penalised feature's l1, and its l2. */
  private final double[] units;

  private final double[] squaredUnits;
  private final int[] penalised;
  private final int[] free;
  private final Basis basis;
  private final Design design;
  private final double[] y;
  private final LeastSquares datafit;
  private final CoordinateDescent descent = new CoordinateDescent();
  private final double scale;
  private final double largestPull;
  private final boolean isPath;
  private final boolean isHeld;
  private Optional<RidgePath> ridgePath = Optional.empty();

  private Fitter(
      LinearEstimator<?> estimator, Matrix x, double[] y, double[] weights, boolean exact) {
    Settings settings = estimator.settings;
    String where = estimator.call();
    Checks.requireLengths(where, x, y, weights);
    this.x = x;
    this.target = y;
    this.weights = weights;
    this.weightSum = Arrays.stream(weights).sum();
    this.problem = Problem.of(x.values(), y, weights, settings.fitIntercept());
    Checks.requireTraining(where, x, y, weights, problem);
    this.factors = settings.factors(where, x.columns());
    this.deviations = new double[factors.length];
    for (int j = 0; j < factors.length; j++) {
      deviations[j] = settings.standardize() ? x.values().deviation(j, weights) : 1;
    }
    this.box = settings.box(where, x.columns());
    this.isHeld = box.holds();
    Strength strength = estimator.strength(weightSum);
    boolean none = strength.l1() == 0 && strength.l2() == 0;
    int[] kept =
        IntStream.range(0, x.columns()).filter(j -> !Double.isInfinite(factors[j])).toArray();
    IntPredicate isFree = j -> !isHeld && (none || factors[j] == 0);
    this.free = Arrays.stream(kept).filter(isFree).toArray();
    this.penalised = Arrays.stream(kept).filter(isFree.negate()).toArray();
    this.ownBox = box.select(penalised);
    this.ownDeviations = select(deviations);
    this.units = new double[penalised.length];
    this.squaredUnits = new double[penalised.length];
    for (int i = 0; i < penalised.length; i++) {
      units[i] = factors[penalised[i]] * ownDeviations[i];
      squaredUnits[i] = units[i] * ownDeviations[i];
    }
    this.basis = Basis.of(problem.columns(free));
    Design own =
        penalised.length == factors.length ? problem.design() : problem.design().select(penalised);
    this.design = free.length == 0 ? own : own.without(basis);
    this.y = basis.residual(problem.y());
    this.datafit =
        penalised.length == factors.length
            ? problem.leastSquares(exact)
            : new LeastSquares(design, this.y, this.y.length, exact);
    this.isPath = !exact;
    this.scale = problem.scale();
    this.largestPull = largestPull();
  }

  /** {@code max |X'y| / n} */
  private double largestPull() {
    double largest = 0;
    for (double pull : datafit.pullsAtZero()) {
      largest = Math.max(largest, Math.abs(pull));
    }
    return largest;
  }

  /** Fits one model. */
  static LinearModel fit(LinearEstimator<?> estimator, Matrix x, double[] y, double[] weights) {
    Fitter fitter = new Fitter(estimator, x, y, weights, true);
    double[] start = estimator.settings.start(estimator.call(), x.columns());
    return fitter.fit(estimator, start, true);
  }

  /** For models of many alphas. */
  static Fitter ofPath(LinearEstimator<?> any, Matrix x, double[] y, double[] weights) {
    return new Fitter(any, x, y, weights, false);
  }

  @Override
  public LinearModel fit(FeaturewiseEstimator<?> estimator, Optional<LinearModel> before) {
    Strength strength = estimator.strength(weightSum);
    if (strength.l1() == 0 && strength.l2() == 0 && estimator instanceof LinearEstimator<?> own) {
      // Without a penalty other features are projected out.
      return fit(own, x, target, weights);
    }
    double[] start =
        before.map(LinearModel::coefficients).orElseGet(() -> new double[factors.length]);
    return fit(estimator, start, false);
  }

  @Override
  public double largestAlpha(FeaturewiseEstimator<?> ofAlphaOne) {
    double[] bounds = times(ofAlphaOne.strength(weightSum).l1(), units);
    return DataFitter.largestAlpha(ofAlphaOne, datafit.pullsAtZero(), bounds, ownBox);
  }

  private LinearModel fit(FeaturewiseEstimator<?> estimator, double[] start, boolean certify) {
    Strength strength = estimator.strength(weightSum);
    double[] l1 = times(strength.l1(), units);
    double[] l2 = times(strength.l2(), squaredUnits);
    Penalty penalty = estimator.penalty(l1, l2, ownDeviations, ownBox);
    Solution solution = solve(estimator.settings, penalty, strength, l2, start);
    double[] coefficients = new double[factors.length];
    for (int i = 0; i < penalised.length; i++) {
      coefficients[penalised[i]] = solution.coefficients()[i];
    }
    if (free.length > 0) {
      double[] own = basis.leastSquares(problem.residual(coefficients).values());
      for (int i = 0; i < free.length; i++) {
        coefficients[free[i]] = own[i];
      }
    }
    return new LinearModel(
        estimator.toString(),
        coefficients,
        estimator.settings.fitIntercept() ? problem.intercept(coefficients) : 0,
        solution.iterations(),
        certificate(solution, coefficients, penalty, l2, certify),
        Convergence.warning(estimator, solution, scale));
  }

  private static double[] times(double strength, double[] values) {
    double[] products = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = strength * values[i];
    }
    return products;
  }

  private double[] select(double[] ofAll) {
    double[] selected = new double[penalised.length];
    for (int i = 0; i < penalised.length; i++) {
      selected[i] = ofAll[penalised[i]];
    }
    return selected;
  }

  private Solution solve(
      Settings settings, Penalty penalty, Strength strength, double[] l2, double[] start) {
    double tolerance = settings.tolerance();
    Stopping stopping =
        new Stopping(tolerance * scale, tolerance * largestPull, settings.maxIterations());
    boolean isRidge =
        penalty instanceof ElasticNetPenalty
            && !isHeld
            && strength.l1() == 0
            && (strength.l2() > 0 || l2.length == 0);
    boolean isSmall = Math.min(y.length, l2.length) <= CLOSED_FORM;
    Solver solver =
        isRidge && isSmall
            ? (fit, terms, from, when) -> closedForm(penalty, l2, strength.l2())
            : descent;
    return solver.solve(datafit, penalty, select(start), stopping);
  }

  /**
   * Direct, so that whatever gap is left is rounding: of one fit by a system of equations, of a
   * path by a decomposition that all its fits share.
   */
  private Solution closedForm(Penalty penalty, double[] l2, double strength) {
    double[] b;
    if (isPath && l2.length > 0) {
      if (ridgePath.isEmpty()) {
        double[] each = Arrays.stream(l2).map(value -> value / strength).toArray();
        ridgePath = Optional.of(new RidgePath(design, y, each));
      }
      b = ridgePath.get().solve(strength);
    } else {
      b = RidgeSystem.solve(design, y, l2);
    }
    Gap gap = Gap.of(datafit, penalty, b);
    return new Solution(b, new boolean[b.length], gap, 0, true);
  }

  private Certificate certificate(
      Solution solution, double[] coefficients, Penalty penalty, double[] l2, boolean certify) {
    double violation = solution.gap().violation();
    if (free.length > 0) {
      Design.Image residual = problem.residual(coefficients);
      for (int j : free) {
        violation = Math.max(violation, Math.abs(residual.dot(j)) / y.length);
      }
    }
    double gap = solution.gap().value();
    double radius = certify ? radius(solution, penalty, l2) : Double.POSITIVE_INFINITY;
    Proof[] proofs = new Proof[factors.length];
    Arrays.fill(proofs, Proof.ZERO);
    for (int j : free) {
      proofs[j] = Proof.UNPENALISED;
    }
    for (int i = 0; i < penalised.length; i++) {
      proofs[penalised[i]] = proof(solution, i, radius);
    }
    return new Certificate(gap, violation, radius, List.of(proofs));
  }

  private Proof proof(Solution solution, int i, double radius) {
    if (solution.isProvenZero()[i] || datafit.curvature(i) == 0) {
      return Proof.ZERO;
    }
    return Math.abs(solution.coefficients()[i]) > radius ? Proof.NON_ZERO : Proof.OPEN;
  }

  private double radius(Solution solution, Penalty penalty, double[] l2) {
    int[] open =
        IntStream.range(0, l2.length)
            .filter(j -> !solution.isProvenZero()[j] && datafit.curvature(j) > 0)
            .toArray();
    return Radius.of(
        solution.gap().value() + Gap.rounding(penalty, solution.coefficients()),
        Arrays.stream(open).mapToDouble(j -> l2[j]).toArray(),
        y.length,
        () -> datafit.gram(open));
  }
}
