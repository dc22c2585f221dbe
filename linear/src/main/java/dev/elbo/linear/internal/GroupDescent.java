package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * Coordinate descent on groups of coefficients: each group in turn goes to the minimum of a
 * parabola that lies above the datafit (Yuan and Lin, JRSS B 68, 2006), on working sets of groups,
 * with Anderson's extrapolation, until the duality gap is reached.
 */
public final class GroupDescent {
  private static final int FIRST_SET = 50;
  private static final int PASSES_A_CHECK = 10;
  private static final double INNER = 0.01;

  private final LeastSquares datafit;
  private final GroupPenalty penalty;
  private final Stopping stopping;
  private final double[] curvatures;
  private final double[] b;
  private final double[] pulls;
  private final Datafit.State state;
  private int passes;

  /**
   * @param start where to begin, left as it is
   */
  public GroupDescent(
      LeastSquares datafit, GroupPenalty penalty, double[] start, Stopping stopping) {
    this.datafit = datafit;
    this.penalty = penalty;
    this.stopping = stopping;
    this.b = start.clone();
    this.pulls = new double[b.length];
    this.curvatures = new double[penalty.groups().length];
    for (int g = 0; g < curvatures.length; g++) {
      curvatures[g] = largestEigenvalueBound(penalty.groups()[g]);
      if (curvatures[g] == 0) {
        for (int j : penalty.groups()[g]) {
          b[j] = 0;
        }
      }
    }
    this.state = datafit.start(b);
  }

  /** The least of two bounds: the trace, and the largest sum of sizes along a row. */
  private double largestEigenvalueBound(int[] group) {
    double trace = 0;
    double most = 0;
    double[][] gram = datafit.gram(group);
    for (int i = 0; i < gram.length; i++) {
      trace += gram[i][i];
      most = Math.max(most, Arrays.stream(gram[i]).map(Math::abs).sum());
    }
    return Math.min(trace, most);
  }

  /** The minimum; what is proven 0 is proven for whole groups. */
  public Solution solve() {
    int size = FIRST_SET;
    int[] features = new int[b.length];
    Arrays.setAll(features, j -> j);
    while (true) {
      state.pulls(features, pulls);
      Gap gap = gap(all(), b, pulls, state.value(b));
      boolean reached = stopping.isReached(gap);
      boolean moved = reached || passes >= stopping.iterations() || !descend(gap, size);
      if (moved) {
        return new Solution(b, provenZero(gap), gap, passes, reached);
      }
      state.refresh(b);
      size = Math.min(curvatures.length, 2 * size);
    }
  }

  private int[] all() {
    int[] all = new int[curvatures.length];
    Arrays.setAll(all, g -> g);
    return all;
  }

  private boolean[] provenZero(Gap gap) {
    boolean[] zero = new boolean[b.length];
    for (int g = 0; g < curvatures.length && gap.exists(); g++) {
      int[] group = penalty.groups()[g];
      double norm = gap.scale() * Vectors.norm(part(pulls, group));
      double radius = Math.sqrt(2 * curvatures[g] * gap.value());
      if (curvatures[g] == 0 || penalty.isZeroAround(g, norm, radius)) {
        for (int j : group) {
          zero[j] = true;
        }
      }
    }
    return zero;
  }

  private static double[] part(double[] values, int[] places) {
    double[] part = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      part[i] = values[places[i]];
    }
    return part;
  }

  /** As {@link Gap#of}; the groups' places in the arrays are those of the penalty. */
  private Gap gap(int[] groups, double[] values, double[] with, double datafitValue) {
    double violation = 0;
    double toZero = 1;
    boolean curved = true;
    for (int g : groups) {
      double[] own = part(with, penalty.groups()[g]);
      violation = Math.max(violation, penalty.violation(g, part(values, penalty.groups()[g]), own));
      toZero = Math.min(toZero, penalty.scaleToZero(g, own));
      curved &= penalty.l2()[g] > 0;
    }
    if (!penalty.hasGap()) {
      return new Gap(Double.NaN, Double.NaN, violation);
    }
    double scale = toZero;
    double best = gapAt(groups, values, with, datafitValue, toZero);
    if (curved) {
      double other = gapAt(groups, values, with, datafitValue, 1);
      scale = other < best ? 1 : scale;
      best = Math.min(other, best);
    }
    return new Gap(best, scale, violation);
  }

  private double gapAt(
      int[] groups, double[] values, double[] with, double datafitValue, double s) {
    double sum = (1 - s) * (1 - s) * datafitValue;
    for (int g : groups) {
      int[] group = penalty.groups()[g];
      sum += penalty.gap(g, part(values, group), part(with, group), s);
    }
    return sum;
  }

  private int[] workingSet(int size) {
    double[] slacks = new double[curvatures.length];
    int support = 0;
    for (int g = 0; g < slacks.length; g++) {
      int[] group = penalty.groups()[g];
      boolean isZero = Vectors.norm(part(b, group)) == 0;
      support += isZero ? 0 : 1;
      slacks[g] = isZero ? penalty.slack(g, part(pulls, group)) : Double.NEGATIVE_INFINITY;
    }
    double[] sorted = slacks.clone();
    Arrays.sort(sorted);
    double most = sorted[Math.min(sorted.length, Math.max(size, 2 * support)) - 1];
    return Arrays.stream(all()).filter(g -> curvatures[g] > 0 && slacks[g] <= most).toArray();
  }

  private boolean descend(Gap outer, int size) {
    int[] groups = workingSet(size);
    int[] set =
        Arrays.stream(groups).flatMap(g -> Arrays.stream(penalty.groups()[g])).sorted().toArray();
    int[][] places = new int[groups.length][];
    for (int i = 0; i < groups.length; i++) {
      places[i] =
          Arrays.stream(penalty.groups()[groups[i]])
              .map(j -> Arrays.binarySearch(set, j))
              .toArray();
    }
    Stopping inner =
        new Stopping(
            Math.max(stopping.gap() / 2, INNER * outer.value()),
            Math.max(stopping.violation() / 2, INNER * outer.violation()),
            stopping.iterations());
    Datafit.Descent descent = state.within(set, b);
    double[] values = part(b, set);
    Anderson anderson = new Anderson();
    anderson.add(values.clone(), descent.snapshot());
    boolean everMoved = false;
    for (int pass = 1; passes < stopping.iterations(); pass++) {
      passes++;
      if (!pass(groups, places, values, descent)) {
        break;
      }
      everMoved = true;
      double[] snapshot = descent.snapshot();
      if (anderson.add(values.clone(), snapshot)) {
        double[] weights = anderson.weights();
        if (weights.length > 0) {
          double old = objective(groups, places, values, descent);
          double[] point = anderson.iterate(weights);
          double[] companion = anderson.companion(weights);
          descent.restore(companion);
          if (objective(groups, places, point, descent) < old) {
            values = point;
            snapshot = companion;
          } else {
            descent.restore(snapshot);
          }
        }
        anderson.restart(values.clone(), snapshot);
      }
      if (pass % PASSES_A_CHECK == 0 && inner.isReached(innerGap(groups, set, values, descent))) {
        break;
      }
    }
    for (int i = 0; i < set.length; i++) {
      b[set[i]] = values[i];
    }
    return everMoved;
  }

  private boolean pass(int[] groups, int[][] places, double[] values, Datafit.Descent descent) {
    boolean moved = false;
    for (int i = 0; i < groups.length; i++) {
      double curvature = curvatures[groups[i]];
      double[] point = new double[places[i].length];
      for (int k = 0; k < point.length; k++) {
        point[k] = values[places[i][k]] + descent.pull(places[i][k]) / curvature;
      }
      penalty.prox(groups[i], point, curvature);
      for (int k = 0; k < point.length; k++) {
        double delta = point[k] - values[places[i][k]];
        if (delta != 0) {
          values[places[i][k]] = point[k];
          descent.change(places[i][k], delta);
          moved = true;
        }
      }
    }
    return moved;
  }

  private double objective(int[] groups, int[][] places, double[] values, Datafit.Descent descent) {
    double sum = descent.value(values);
    for (int i = 0; i < groups.length; i++) {
      sum += penalty.value(groups[i], part(values, places[i]));
    }
    return sum;
  }

  private Gap innerGap(int[] groups, int[] set, double[] values, Datafit.Descent descent) {
    double[] spreadValues = b.clone();
    double[] spreadPulls = pulls.clone();
    for (int i = 0; i < set.length; i++) {
      spreadValues[set[i]] = values[i];
      spreadPulls[set[i]] = descent.pull(i);
    }
    return gap(groups, spreadValues, spreadPulls, descent.value(values));
  }
}
