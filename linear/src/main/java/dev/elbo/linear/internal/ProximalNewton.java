package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Minimises {@code sum_i p_i loss(y_i, x_i b + c) + penalty(b)}, p the weights over their sum.
 *
 * <p>Each round replaces the loss by parabolas and solves what is left, a weighted Lasso on the
 * features that are not 0 or near to their bounds, by {@link CoordinateDescent}; then it goes as
 * far in that direction as the objective falls (Lee, Sun and Saunders, SIAM J. Optim. 24, 2014). It
 * ends on the duality gap, or on the violation of KKT where the loss has no gap or no bound of its
 * curvature.
 */
public final class ProximalNewton {
  private static final int FIRST_SET = 100;
  private static final int INNER_PASSES = 1_000;
  private static final int HALVINGS = 50;

  /**
   * So many rounds may pass until the violation has halved; else it is as small as float64 has it.
   */
  private static final int STALLS = 30;

  /** A rise of the objective that may be rounding: near the minimum only the violation tells. */
  private static final double ROUNDING = 1e-13;

  /** Slopes sum to 0 when nothing but this part of their sizes is left. */
  private static final double SUM_ROUNDING = 1e-15;

  /** From this part of their sizes on, a sum that does not halve any more is rounding. */
  private static final double SUM_NEAR = 1e-10;

  /** How far the intercept may go at once where the curvature vanishes; halved as need be. */
  private static final double LONGEST_STEP = 1e300;

  /** Parabolas flatter than this part of the steepest are taken to be as steep as that. */
  private static final double LEAST_CURVATURE = 1e-8;

  private final Columns columns;
  private final double[] y;
  private final double[] parts;
  private final boolean hasIntercept;
  private final Penalty penalty;
  private final double[] b;
  private double intercept;
  private double best = Double.POSITIVE_INFINITY;
  private int stalled;
  private double[] eta;
  private Loss loss;
  private final double[] pulls;

  /**
   * @param b where to begin; it is changed, at once where the penalty forbids a value
   * @param columns the features as they are
   * @param weights one a sample
   */
  public ProximalNewton(
      Columns columns,
      double[] y,
      double[] weights,
      boolean hasIntercept,
      Loss loss,
      Penalty penalty,
      double[] b,
      double intercept) {
    this.columns = columns;
    this.y = y;
    double total = Arrays.stream(weights).sum();
    this.parts = Arrays.stream(weights).map(weight -> weight / total).toArray();
    this.hasIntercept = hasIntercept;
    this.penalty = penalty;
    this.b = b;
    this.intercept = intercept;
    this.pulls = new double[b.length];
    for (int j = 0; j < b.length; j++) {
      if (Double.isInfinite(penalty.value(j, b[j]))) {
        b[j] = 0;
      }
    }
    this.eta = linear();
    this.loss = loss.adapted(y, eta, parts);
  }

  /**
   * What was found.
   *
   * @param solution of the coefficients
   * @param intercept 0 without one
   * @param loss with its parameters
   * @param radius within which the minimum's coefficients lie; infinite where not known
   */
  public record Result(Solution solution, double intercept, Loss loss, double radius) {}

  /**
   * Runs until the gap, or the violation where there is no gap.
   *
   * @param gap to reach
   * @param violation to reach
   * @param rounds at most
   * @param certify whether to look for a radius
   */
  public Result solve(double gap, double violation, int rounds, boolean certify) {
    moveIntercept();
    Stopping stopping = new Stopping(gap, violation, rounds);
    int size = FIRST_SET;
    for (int round = 0; ; round++) {
      double[] slopes = slopes();
      computePulls(slopes);
      Gap reached = gap(slopes);
      boolean done = isReached(stopping, reached);
      if (done || round == rounds) {
        return result(reached, round, done, certify);
      }
      int[] set = workingSet(reached, size);
      stalled++;
      if (reached.violation() < best / 2) {
        best = reached.violation();
        stalled = 0;
      }
      if (stalled > STALLS || !step(set, reached)) {
        moveIntercept();
        slopes = slopes();
        computePulls(slopes);
        Gap last = gap(slopes);
        return result(last, round + 1, isReached(stopping, last), certify);
      }
      moveIntercept();
      size = Math.min(b.length, Math.max(2 * size, 2 * support()));
    }
  }

  /**
   * A loss whose curvature is unbounded may be steep at a small gap, and ends on the violation of
   * KKT.
   */
  private boolean endsOnGap(Gap reached) {
    return reached.exists() && Double.isFinite(loss.mostCurvature());
  }

  private boolean isReached(Stopping stopping, Gap reached) {
    return endsOnGap(reached)
        ? stopping.isReached(reached)
        : reached.violation() <= stopping.violation();
  }

  /** The negative gradient by coefficients of these columns, at the best intercept from here. */
  public double[] pulls(Columns of) {
    moveIntercept();
    double[] slopes = slopes();
    double[] found = new double[of.count()];
    for (int j = 0; j < found.length; j++) {
      found[j] = -of.dot(j, slopes);
    }
    return found;
  }

  /** What {@link #pulls} and the sum of the slopes may be wrong by. */
  public double pullRounding(Columns of) {
    double[] roundings = slopeRoundings();
    double most = 0;
    for (double rounding : roundings) {
      most += rounding;
    }
    double size = Vectors.norm(roundings);
    for (int j = 0; j < of.count(); j++) {
      most = Math.max(most, Math.sqrt(of.squares(j)) * size);
    }
    return most;
  }

  private double[] slopeRoundings() {
    double[] roundings = new double[y.length];
    for (int i = 0; i < roundings.length; i++) {
      roundings[i] = parts[i] * loss.slopeRounding(y[i], eta[i]);
    }
    return roundings;
  }

  private Result result(Gap gap, int round, boolean done, boolean certify) {
    boolean[] zero = new boolean[b.length];
    double radius = Double.POSITIVE_INFINITY;
    if (gap.exists()) {
      if (Double.isFinite(loss.mostCurvature())) {
        for (int j = 0; j < b.length; j++) {
          double around = Math.sqrt(2 * loss.mostCurvature() * gap.value() * squares(j));
          zero[j] = penalty.isZeroAround(j, gap.scale() * pulls[j], around);
        }
      }
      if (loss.isSelfConcordant() && (certify || Double.isInfinite(loss.mostCurvature()))) {
        radius = prove(zero, gap, certify);
      }
    }
    return new Result(new Solution(b, zero, gap, round, done), intercept, loss, radius);
  }

  /** Marks features that must be 0, and returns the radius of what is left, if asked for. */
  private double prove(boolean[] zero, Gap gap, boolean certify) {
    double[] curvatures = new double[y.length];
    for (int i = 0; i < curvatures.length; i++) {
      curvatures[i] = parts[i] * loss.curvature(y[i], eta[i]);
    }
    SelfConcordance around =
        new SelfConcordance(
            columns, parts, curvatures, hasIntercept, gap.value() + Gap.rounding(penalty, b));
    boolean found = screen(around, zero);
    double radius = Double.POSITIVE_INFINITY;
    for (int round = 0; certify && (round == 0 || found); round++) {
      int[] open = IntStream.range(0, b.length).filter(j -> !zero[j] || b[j] != 0).toArray();
      radius = around.radius(open, Arrays.stream(open).mapToDouble(penalty::curvature).toArray());
      found = screen(around, zero);
    }
    return radius;
  }

  private boolean screen(SelfConcordance around, boolean[] zero) {
    boolean found = false;
    for (int j = 0; j < b.length; j++) {
      if (b[j] == 0 && !zero[j] && penalty.isZeroAround(j, pulls[j], around.gradientRadius(j))) {
        zero[j] = true;
        found = true;
      }
    }
    return found;
  }

  /** {@code sum(p (x - mean)^2)}, or without an intercept {@code sum(p x^2)}; from above. */
  private double squares(int feature) {
    double[] x = columns.toArray(feature);
    double mean = hasIntercept ? Vectors.dot(parts, x) : 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += parts[i] * (x[i] - mean) * (x[i] - mean);
    }
    return sum * (1 + 1e-9);
  }

  private double[] linear() {
    double[] values = new double[y.length];
    Arrays.fill(values, intercept);
    for (int j = 0; j < b.length; j++) {
      if (b[j] != 0) {
        columns.add(b[j], j, values);
      }
    }
    return values;
  }

  private double[] slopes() {
    double[] slopes = new double[y.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = parts[i] * loss.slope(y[i], eta[i]);
    }
    return slopes;
  }

  private void computePulls(double[] slopes) {
    for (int j = 0; j < b.length; j++) {
      pulls[j] = -columns.dot(j, slopes);
    }
  }

  /**
   * Newton steps on the intercept alone, until the slopes sum to rounding; the loss never rises.
   */
  private void moveIntercept() {
    if (!hasIntercept) {
      loss = loss.adapted(y, eta, parts);
      return;
    }
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 100; round++) {
      loss = loss.adapted(y, eta, parts);
      double slope = 0;
      double curvature = 0;
      double sizes = 0;
      for (int i = 0; i < y.length; i++) {
        double own = parts[i] * loss.slope(y[i], eta[i]);
        slope += own;
        sizes += Math.abs(own);
        curvature += parts[i] * loss.curvature(y[i], eta[i]);
      }
      double step = Math.clamp(-slope / curvature, -LONGEST_STEP, LONGEST_STEP);
      boolean isRounding = Math.abs(slope) <= SUM_NEAR * sizes && Math.abs(slope) > before / 2;
      if (Math.abs(slope) <= SUM_ROUNDING * sizes || isRounding || Double.isNaN(step)) {
        return;
      }
      before = Math.abs(slope);
      if (!shift(step)) {
        return;
      }
    }
  }

  /** Moves the intercept this far, or less if the loss rises; false if nothing moves. */
  private boolean shift(double most) {
    double old = objectiveOfLoss(eta, loss);
    double step = most;
    double[] moved = shifted(step);
    while (!(objectiveOfLoss(moved, loss.adapted(y, moved, parts))
        <= old + ROUNDING * Math.abs(old))) {
      step /= 2;
      moved = shifted(step);
      if (step == 0 || Arrays.equals(moved, eta)) {
        return false;
      }
    }
    eta = moved;
    intercept += step;
    return true;
  }

  private double[] shifted(double step) {
    double[] moved = eta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step;
    }
    return moved;
  }

  private double objectiveOfLoss(double[] at, Loss with) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += parts[i] * with.value(y[i], at[i]);
    }
    return sum;
  }

  private double penaltyAt(double[] at) {
    double sum = 0;
    for (int j = 0; j < at.length; j++) {
      sum += penalty.value(j, at[j]);
    }
    return sum;
  }

  private Gap gap(double[] slopes) {
    int[] all = IntStream.range(0, b.length).toArray();
    Gap found = Gap.of(penalty, all, b, pulls, this::gapOfLoss);
    double sum = hasIntercept ? Math.abs(Arrays.stream(slopes).sum()) : 0;
    double value =
        found.exists() && isMoreThanRounding(sum, slopes)
            ? Double.POSITIVE_INFINITY
            : found.value();
    return new Gap(value, found.scale(), Math.max(found.violation(), sum));
  }

  /**
   * Nothing holds the intercept, so that slopes are a dual point only if they sum to 0: to what
   * {@link #moveIntercept} takes for rounding, or to what the slopes themselves may be wrong by.
   */
  private boolean isMoreThanRounding(double sum, double[] slopes) {
    double sizes = 0;
    for (double slope : slopes) {
      sizes += Math.abs(slope);
    }
    return sum > SUM_NEAR * sizes && sum > Arrays.stream(slopeRoundings()).sum();
  }

  private double gapOfLoss(double scale) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += parts[i] * loss.gap(y[i], eta[i], scale);
    }
    return sum;
  }

  private int support() {
    return (int) Arrays.stream(b).filter(value -> value != 0).count();
  }

  private int[] workingSet(Gap gap, int size) {
    if (b.length <= size) {
      return IntStream.range(0, b.length).toArray();
    }
    double[] slacks = new double[b.length];
    for (int j = 0; j < b.length; j++) {
      slacks[j] = b[j] != 0 ? Double.NEGATIVE_INFINITY : penalty.slack(j, pulls[j]);
    }
    double[] sorted = slacks.clone();
    Arrays.sort(sorted);
    double most =
        Math.min(gap.violation(), sorted[Math.min(b.length, Math.max(size, 2 * support())) - 1]);
    return IntStream.range(0, b.length).filter(j -> slacks[j] <= most).toArray();
  }

  /** One round on some features; false if the objective does not fall any more. */
  private boolean step(int[] set, Gap outer) {
    double[] curvatures = new double[y.length];
    double steepest = 0;
    for (int i = 0; i < y.length; i++) {
      curvatures[i] = loss.curvature(y[i], eta[i]);
      steepest = Math.max(steepest, parts[i] > 0 ? curvatures[i] : 0);
    }
    double[] weights = new double[y.length];
    double[] target = new double[y.length];
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      double curvature = Math.max(curvatures[i], LEAST_CURVATURE * steepest);
      weights[i] = parts[i] * curvature;
      target[i] = eta[i] - loss.slope(y[i], eta[i]) / curvature;
      total += weights[i];
    }
    Problem problem = Problem.of(columns.select(set), target, weights, hasIntercept);
    LeastSquares datafit = problem.leastSquares(/* exact= */ true);
    boolean onGap = endsOnGap(outer) && Double.isFinite(outer.value());
    Penalty terms = new PartOfPenalty(penalty, set, total, onGap);
    double[] start = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      start[i] = b[set[i]];
    }
    Stopping inner =
        new Stopping(
            onGap ? 1e-3 * outer.value() / total : 0,
            1e-2 * outer.violation() / total,
            INNER_PASSES);
    double[] found = new CoordinateDescent().solve(datafit, terms, start, inner).coefficients();
    return search(set, found, problem.intercept(found));
  }

  private boolean search(int[] set, double[] found, double foundIntercept) {
    double[] direction = new double[y.length];
    double shift = hasIntercept ? foundIntercept - intercept : 0;
    Arrays.fill(direction, shift);
    double[] before = b.clone();
    boolean moves = shift != 0;
    for (int i = 0; i < set.length; i++) {
      double delta = found[i] - before[set[i]];
      if (delta != 0) {
        columns.add(delta, set[i], direction);
        moves = true;
      }
    }
    if (!moves) {
      return false;
    }
    double old = objectiveOfLoss(eta, loss) + penaltyAt(before);
    double step = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double[] moved = eta.clone();
      Vectors.add(step, direction, moved);
      for (int i = 0; i < set.length; i++) {
        int j = set[i];
        b[j] = step == 1 ? found[i] : before[j] + step * (found[i] - before[j]);
      }
      Loss adapted = loss.adapted(y, moved, parts);
      double now = objectiveOfLoss(moved, adapted) + penaltyAt(b);
      if (now <= old + ROUNDING * Math.abs(old)) {
        eta = moved;
        intercept += step * shift;
        loss = adapted;
        return true;
      }
      step /= 2;
    }
    System.arraycopy(before, 0, b, 0, b.length);
    return false;
  }
}
