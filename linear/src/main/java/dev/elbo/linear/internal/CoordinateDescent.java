package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Coordinate descent over working sets, extrapolated, with gap-safe screening.
 *
 * <p>An outer round looks at all features: it measures the gap, removes for good each feature that
 * the gap proves to be 0 (Ndiaye et al., JMLR 18, 2017), and picks those that violate KKT the most.
 * The inner rounds descend on these alone (Massias et al., ICML 2018), and each fifth pass tries
 * Anderson's extrapolation (Bertrand and Massias, AISTATS 2021), kept when the objective falls.
 */
public final class CoordinateDescent implements Solver {
  private static final int FIRST_SET = 100;
  private static final int PASSES_A_CHECK = 10;

  /** How much of the gap the inner rounds remove before the other features are looked at again. */
  private static final double INNER = 0.1;

  @Override
  public Solution solve(Datafit datafit, Penalty penalty, double[] start, Stopping stopping) {
    return new Run(datafit, penalty, start, stopping).solve();
  }

  private static final class Run {
    private final Datafit datafit;
    private final Penalty penalty;
    private final Stopping stopping;
    private final double[] b;
    private final double[] pulls;
    private final boolean[] isProvenZero;
    private final Datafit.State state;
    private int passes;

    Run(Datafit datafit, Penalty penalty, double[] start, Stopping stopping) {
      this.datafit = datafit;
      this.penalty = penalty;
      this.stopping = stopping;
      this.b = start.clone();
      for (int j = 0; j < b.length; j++) {
        if (datafit.curvature(j) == 0 || Double.isInfinite(penalty.value(j, b[j]))) {
          b[j] = 0;
        }
      }
      this.pulls = new double[b.length];
      this.isProvenZero = new boolean[b.length];
      this.state = datafit.start(b);
    }

    Solution solve() {
      int[] all = IntStream.range(0, b.length).toArray();
      int size = FIRST_SET;
      while (true) {
        state.refresh(b);
        Gap gap = measure(all);
        if (screen(gap)) {
          continue; // a coefficient was set to 0, and the gap is another
        }
        boolean reached = stopping.isReached(gap);
        if (reached || passes >= stopping.iterations()) {
          return new Solution(b, isProvenZero, gap, passes, reached);
        }
        int[] set = workingSet(size);
        if (!descend(set, gap)) {
          // Not one coefficient moved: this is as near as float64 comes.
          state.refresh(b);
          Gap last = measure(all);
          return new Solution(b, isProvenZero, last, passes, stopping.isReached(last));
        }
        size = Math.max(2 * size, 2 * support());
      }
    }

    private Gap measure(int[] features) {
      for (int j : features) {
        pulls[j] = state.pull(j);
      }
      return Gap.of(penalty, b, pulls, features, state.value(b));
    }

    /** Marks features that must be 0; true if one of them was not. */
    private boolean screen(Gap gap) {
      if (!gap.exists()) {
        return false;
      }
      boolean changed = false;
      for (int j = 0; j < b.length; j++) {
        double radius = Math.sqrt(2 * datafit.curvature(j) * gap.value());
        if (!isProvenZero[j] && penalty.isZeroAround(j, gap.scale() * pulls[j], radius)) {
          isProvenZero[j] = true;
          changed |= b[j] != 0;
          b[j] = 0;
        }
      }
      return changed;
    }

    private int support() {
      int count = 0;
      for (double coefficient : b) {
        count += coefficient != 0 ? 1 : 0;
      }
      return count;
    }

    /** All non-zeros, then the largest violations; in ascending order. */
    private int[] workingSet(int size) {
      int[] candidates =
          IntStream.range(0, b.length)
              .filter(j -> !isProvenZero[j] && datafit.curvature(j) > 0)
              .toArray();
      if (candidates.length <= size) {
        return candidates;
      }
      double[] priority = new double[b.length];
      for (int j : candidates) {
        priority[j] =
            b[j] != 0
                ? Double.POSITIVE_INFINITY
                : penalty.violation(j, 0, pulls[j]) / Math.sqrt(datafit.curvature(j));
      }
      int wanted = Math.max(size, 2 * support());
      return Arrays.stream(candidates)
          .boxed()
          .sorted((i, j) -> Double.compare(priority[j], priority[i]))
          .limit(wanted)
          .mapToInt(Integer::intValue)
          .sorted()
          .toArray();
    }

    /** Descends until the set's own gap is a part of the whole; false if nothing ever moved. */
    private boolean descend(int[] set, Gap outer) {
      Stopping inner =
          new Stopping(
              Math.max(stopping.gap() / 2, INNER * outer.value()),
              Math.max(stopping.violation() / 2, INNER * outer.violation()),
              stopping.iterations());
      Anderson anderson = new Anderson(set.length);
      anderson.add(values(set));
      boolean everMoved = false;
      for (int pass = 1; passes < stopping.iterations(); pass++) {
        boolean moved = pass(set);
        everMoved |= moved;
        if (!moved) {
          return everMoved;
        }
        if (anderson.add(values(set))) {
          extrapolate(set, anderson);
        }
        if (pass % PASSES_A_CHECK == 0 && inner.isReached(measure(set))) {
          return true;
        }
      }
      return true;
    }

    private boolean pass(int[] set) {
      boolean moved = false;
      for (int j : set) {
        double curvature = datafit.curvature(j);
        double before = b[j];
        double after = penalty.prox(j, before + state.pull(j) / curvature, curvature);
        if (after != before) {
          b[j] = after;
          state.change(j, after - before);
          moved = true;
        }
      }
      passes++;
      return moved;
    }

    private double[] values(int[] set) {
      double[] values = new double[set.length];
      for (int i = 0; i < set.length; i++) {
        values[i] = b[set[i]];
      }
      return values;
    }

    private void extrapolate(int[] set, Anderson anderson) {
      double[] before = values(set);
      double[] point = anderson.extrapolated();
      double old = objective(set);
      move(set, point);
      if (!(objective(set) < old)) {
        move(set, before);
      }
      anderson.restart(values(set));
    }

    private void move(int[] set, double[] values) {
      for (int i = 0; i < set.length; i++) {
        int j = set[i];
        if (values[i] != b[j]) {
          state.change(j, values[i] - b[j]);
          b[j] = values[i];
        }
      }
    }

    private double objective(int[] set) {
      double sum = state.value(b);
      for (int j : set) {
        sum += penalty.value(j, b[j]);
      }
      return sum;
    }
  }
}
