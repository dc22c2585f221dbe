package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Coordinate descent over working sets, extrapolated, with gap-safe screening.
 *
 * <p>An outer round looks at all features: it measures the gap, removes each feature that the gap
 * proves to be 0 (Ndiaye et al., JMLR 18, 2017), and picks those whose pull is as near to its bound
 * as others are beyond it, which after a step of a path are those of the strong rule (Tibshirani et
 * al., JRSS B 74, 2012). A feature is not looked at while the residual has not moved enough for its
 * pull to reach the bound. The inner rounds descend on the set alone (Massias et al., ICML 2018),
 * and each fifth pass tries Anderson's extrapolation (Bertrand and Massias, AISTATS 2021), kept
 * when the objective falls. Where many passes do not suffice, as for columns that are nearly the
 * same, the equations of the non-zeros are solved as far as no sign changes. Where these are too
 * many for a factor, each tenth pass tries a few steps of conjugate gradients.
 *
 * <p>What is known about the data at the last coefficients is kept for the next fit that begins at
 * them; so a solver belongs to one thread.
 */
public final class CoordinateDescent implements Solver {
  private static final int FIRST_SET = 100;
  private static final int PASSES_A_CHECK = 5;

  /** Which minimum of a concave penalty is found depends on when others come in: not too early. */
  private static final int PASSES_BEFORE_NEW_FEATURES = 10;

  /** Where a look at the gap of the set takes no look at the data. */
  private static final int PASSES_A_CHEAP_CHECK = 2;

  /** After so many passes, and twice as many, and so on, equations are tried. */
  private static final int FIRST_SOLVE = 100;

  /** Where products are known, and a factor that needs few changes. */
  private static final int FIRST_CHEAP_SOLVE = 2;

  /** Operations that one go may take; larger systems of equations take longer than many passes. */
  private static final double MOST_OPERATIONS = 3e7;

  /** After so many passes each time, conjugate gradients are tried where equations are too many. */
  private static final int PASSES_A_CONJUGATE = 10;

  /** What conjugate gradients leave of the residual of the equations: signs change anyway. */
  private static final double CONJUGATE_REDUCTION = 0.1;

  private static final int MOST_CONJUGATE_STEPS = 100;

  /** How often the support may shrink in one go. */
  private static final int MOST_SHRINKS = 50;

  /** How much of the gap the inner rounds leave before the other features are looked at again. */
  private static final double INNER = 1e-3;

  private Optional<Memory> memory = Optional.empty();

  public CoordinateDescent() {}

  @Override
  public Solution solve(Datafit datafit, Penalty penalty, double[] start, Stopping stopping) {
    double[] b = start.clone();
    for (int j = 0; j < b.length; j++) {
      if (datafit.curvature(j) == 0 || Double.isInfinite(penalty.value(j, b[j]))) {
        b[j] = 0;
      }
    }
    Memory known =
        memory.filter(last -> last.isOf(datafit, b)).orElseGet(() -> Memory.of(datafit, b));
    memory = Optional.of(known);
    return new Run(datafit, penalty, known, stopping).solve();
  }

  /** All pulls as they were when last computed, and how far each can have moved since. */
  private static final class Memory {
    final Datafit datafit;
    final double[] b;
    final Datafit.State state;
    final double[] pulls;
    final double[] drifts;
    final double[] roots;

    private Memory(Datafit datafit, double[] b, Datafit.State state) {
      this.datafit = datafit;
      this.b = b;
      this.state = state;
      this.pulls = new double[b.length];
      this.drifts = new double[b.length];
      Arrays.fill(drifts, Double.POSITIVE_INFINITY);
      this.roots = new double[b.length];
      for (int j = 0; j < b.length; j++) {
        roots[j] = Math.sqrt(datafit.curvature(j));
      }
    }

    static Memory of(Datafit datafit, double[] b) {
      return new Memory(datafit, b, datafit.start(b));
    }

    boolean isOf(Datafit other, double[] start) {
      return datafit.equals(other) && Arrays.equals(b, start);
    }

    void refresh() {
      double moved = state.refresh(b);
      for (int j = 0; j < drifts.length; j++) {
        drifts[j] += moved;
      }
    }

    /** How far the pull can be from the one that is known. */
    double drift(int feature) {
      return drifts[feature] == 0 ? 0 : roots[feature] * drifts[feature];
    }
  }

  private static final class Run {
    private final Datafit datafit;
    private final Penalty penalty;
    private final Memory known;
    private final Stopping stopping;
    private final double[] b;
    private final boolean[] isProvenZero;
    private int passes;

    Run(Datafit datafit, Penalty penalty, Memory known, Stopping stopping) {
      this.datafit = datafit;
      this.penalty = penalty;
      this.known = known;
      this.stopping = stopping;
      this.b = known.b;
      this.isProvenZero = new boolean[b.length];
    }

    Solution solve() {
      int size = FIRST_SET;
      while (true) {
        Gap gap = measure();
        if (screen(gap)) {
          known.refresh(); // a coefficient was set to 0, and the gap is another
          continue;
        }
        boolean reached = stopping.isReached(gap);
        if (reached || passes >= stopping.iterations()) {
          return new Solution(b.clone(), isProvenZero, gap, passes, reached);
        }
        boolean moved = descend(workingSet(gap, size), gap);
        known.refresh();
        if (!moved) {
          // Not one coefficient moved: this is as near as float64 comes.
          Gap last = measure();
          return new Solution(b.clone(), isProvenZero, last, passes, stopping.isReached(last));
        }
        size = Math.min(b.length, Math.max(2 * size, 2 * support()));
      }
    }

    /** The gap, without the features that are known to be 0 and to add nothing to it. */
    private Gap measure() {
      int[] features = new int[b.length];
      int[] moved = new int[b.length];
      int count = 0;
      int movedCount = 0;
      for (int j = 0; j < b.length; j++) {
        if (isProvenZero[j]
            || (b[j] == 0 && penalty.isZeroAround(j, known.pulls[j], known.drift(j)))) {
          continue;
        }
        if (known.drifts[j] != 0) {
          moved[movedCount++] = j;
          known.drifts[j] = 0;
        }
        features[count++] = j;
      }
      known.state.pulls(Arrays.copyOf(moved, movedCount), known.pulls);
      features = Arrays.copyOf(features, count);
      double[] pulls = new double[count];
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        pulls[i] = known.pulls[features[i]];
        values[i] = b[features[i]];
      }
      return Gap.of(penalty, features, values, pulls, known.state.value(b));
    }

    /** Marks features that must be 0; true if one of them was not. */
    private boolean screen(Gap gap) {
      if (!gap.exists()) {
        return false;
      }
      double radius = Math.sqrt(2 * gap.value());
      boolean changed = false;
      for (int j = 0; j < b.length; j++) {
        double around = known.roots[j] * radius + gap.scale() * known.drift(j);
        if (!isProvenZero[j] && penalty.isZeroAround(j, gap.scale() * known.pulls[j], around)) {
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

    /** All non-zeros, and the features that are nearest to their bounds; in ascending order. */
    private int[] workingSet(Gap gap, int size) {
      int[] candidates = new int[b.length];
      int count = 0;
      for (int j = 0; j < b.length; j++) {
        if (!isProvenZero[j] && datafit.curvature(j) > 0) {
          candidates[count++] = j;
        }
      }
      candidates = Arrays.copyOf(candidates, count);
      if (count <= FIRST_SET) {
        return candidates;
      }
      double[] slacks = new double[count];
      for (int i = 0; i < count; i++) {
        int j = candidates[i];
        slacks[i] = b[j] != 0 ? Double.NEGATIVE_INFINITY : penalty.slack(j, known.pulls[j]);
      }
      int limit = Math.max(size, 2 * support());
      double most = gap.violation();
      int[] set = upTo(most, candidates, slacks);
      if (set.length > limit) {
        set = upTo(Order.nth(slacks.clone(), limit - 1), candidates, slacks);
      }
      return set;
    }

    private static int[] upTo(double most, int[] candidates, double[] slacks) {
      int[] set = new int[candidates.length];
      int count = 0;
      for (int i = 0; i < candidates.length; i++) {
        if (slacks[i] <= most) {
          set[count++] = candidates[i];
        }
      }
      return Arrays.copyOf(set, count);
    }

    /** Descends until the set's own gap is a part of the whole; false if nothing ever moved. */
    private boolean descend(int[] set, Gap outer) {
      Stopping inner =
          new Stopping(
              Math.max(stopping.gap() / 2, INNER * outer.value()),
              Math.max(stopping.violation() / 2, INNER * outer.violation()),
              stopping.iterations());
      Inner descent = new Inner(set, known.state.within(set, b));
      descent.expectMoves();
      boolean everMoved = descent.beginsWithEquations();
      int nextSolve = descent.firstSolve();
      int check = descent.passesACheck();
      for (int pass = 1; passes < stopping.iterations(); pass++) {
        passes++;
        boolean moved = descent.pass(pass % Anderson.STEPS != 1) || descent.pass(false);
        everMoved |= moved;
        if (!moved) {
          break;
        }
        descent.extrapolate();
        if (pass % check == 0 && inner.isReached(descent.gap())) {
          break;
        }
        if (pass % PASSES_A_CONJUGATE == 0
            && descent.conjugate()
            && inner.isReached(descent.gap())) {
          break;
        }
        if (pass == nextSolve) {
          nextSolve *= 2;
          descent.solveSupport(pass >= FIRST_SOLVE);
          if (inner.isReached(descent.gap())) {
            break;
          }
        }
      }
      for (int i = 0; i < set.length; i++) {
        b[set[i]] = descent.values[i];
      }
      return everMoved;
    }

    private final class Inner {
      private final int[] set;
      private final Datafit.Descent datafit;
      private final double[] curvatures;
      private final Anderson anderson = new Anderson();

      /** Whether equations have a factor that is kept: its diagonal must not change with alpha. */
      private final boolean hasFactor;

      private double[] values;

      Inner(int[] set, Datafit.Descent descent) {
        this.set = set;
        this.datafit = descent;
        this.values = new double[set.length];
        this.curvatures = new double[set.length];
        for (int i = 0; i < set.length; i++) {
          values[i] = b[set[i]];
          curvatures[i] = Run.this.datafit.curvature(set[i]);
        }
        this.hasFactor = datafit.knowsPulls() && !isCurved();
        anderson.add(values.clone(), datafit.snapshot());
      }

      private boolean isCurved() {
        for (int feature : set) {
          if (penalty.curvature(feature) != 0) {
            return true;
          }
        }
        return false;
      }

      /**
       * The features that are not 0, or that will not be, so that all that is new is seen at once.
       */
      void expectMoves() {
        int[] places = new int[set.length];
        int count = 0;
        for (int i = 0; i < set.length; i++) {
          if (values[i] != 0 || penalty.slack(set[i], known.pulls[set[i]]) < 0) {
            places[count++] = i;
          }
        }
        datafit.expect(Arrays.copyOf(places, count));
      }

      int passesACheck() {
        if (!penalty.hasGap() || (datafit.knowsPulls() && !hasFactor)) {
          return PASSES_BEFORE_NEW_FEATURES;
        }
        return hasFactor ? PASSES_A_CHEAP_CHECK : PASSES_A_CHECK;
      }

      /**
       * The non-zeros go to where the new penalty wants them, if a factor of their equations is
       * kept.
       */
      boolean beginsWithEquations() {
        boolean moved = solveByFactor();
        if (moved) {
          anderson.restart(values.clone(), datafit.snapshot());
        }
        return moved;
      }

      int firstSolve() {
        return hasFactor ? FIRST_CHEAP_SOLVE : FIRST_SOLVE;
      }

      /**
       * One go over the set, or over what of it is not 0 where a look at the others costs as much
       * as a change.
       */
      boolean pass(boolean nonZeros) {
        boolean skips = nonZeros && !datafit.knowsPulls() && penalty.hasGap();
        boolean moved = false;
        for (int i = 0; i < set.length; i++) {
          double before = values[i];
          if (skips && before == 0) {
            continue;
          }
          double after =
              penalty.prox(set[i], before + datafit.pull(i) / curvatures[i], curvatures[i]);
          if (after != before) {
            values[i] = after;
            datafit.change(i, after - before);
            moved = true;
          }
        }
        return moved;
      }

      void extrapolate() {
        double[] snapshot = datafit.snapshot();
        if (!anderson.add(values.clone(), snapshot)) {
          return;
        }
        double[] weights = anderson.weights();
        if (weights.length > 0) {
          double old = objective(values);
          double[] point = anderson.iterate(weights);
          double[] companion = anderson.companion(weights);
          datafit.restore(companion);
          if (objective(point) < old) {
            values = point;
            snapshot = companion;
          } else {
            datafit.restore(snapshot);
          }
        }
        anderson.restart(values.clone(), snapshot);
      }

      /**
       * Solves the equations that hold for the non-zeros at the minimum, as far as signs stay; what
       * reaches 0 first leaves, and the others go on.
       *
       * @param anew whether it is worth a factor of its own where none is kept
       */
      void solveSupport(boolean anew) {
        if (!solveByFactor() && anew) {
          double operations = 0;
          for (int shrink = 0; shrink < MOST_SHRINKS; shrink++) {
            int[] places = smoothPlaces();
            operations += Math.pow(places.length, 3);
            if (places.length == 0 || operations > MOST_OPERATIONS || !solve(places)) {
              break;
            }
          }
        }
        anderson.restart(values.clone(), datafit.snapshot());
      }

      /**
       * The same where a factor of the equations is kept. A step of part t leaves 1 - t of what the
       * pulls have to change by, so that they are not followed on the way.
       *
       * @return whether it was of use
       */
      private boolean solveByFactor() {
        if (!hasFactor) {
          return false;
        }
        int[] places = smoothPlaces();
        if (places.length < 2) {
          return false; // a pass finds one coefficient exactly
        }
        double[] target = new double[places.length];
        for (int i = 0; i < places.length; i++) {
          target[i] = datafit.pull(places[i]) - penalty.slope(set[places[i]], values[places[i]]);
        }
        double[] before = values.clone();
        int[] left = places;
        for (int shrink = 0; shrink < MOST_SHRINKS && left.length > 0; shrink++) {
          double[] way = datafit.solve(left, target);
          if (way.length == 0) {
            break;
          }
          Step step = step(left, way);
          for (int i = 0; i < left.length; i++) {
            double to = values[left[i]] + step.part() * way[i];
            values[left[i]] = i == step.blocking() ? 0 : to;
            target[i] *= 1 - step.part();
          }
          if (step.blocking() < 0) {
            break;
          }
          left = without(left, step.blocking());
          target = without(target, step.blocking());
        }
        return accept(places, before);
      }

      /**
       * Goes towards what {@link #solveSupport} finds where that needs too large a factor. What
       * would change its sign becomes 0, and what would leave its bounds stays; the passes that
       * follow put right what that moves.
       *
       * @return whether the objective fell
       */
      boolean conjugate() {
        if (datafit.knowsPulls() || !penalty.hasGap()) {
          return false;
        }
        int[] places = smoothPlaces();
        if (Math.pow(places.length, 3) <= MOST_OPERATIONS) {
          return false;
        }
        int[] features = new int[places.length];
        double[] target = new double[places.length];
        double[] curves = new double[places.length];
        double[] diagonal = new double[places.length];
        for (int i = 0; i < places.length; i++) {
          int feature = set[places[i]];
          features[i] = feature;
          target[i] = datafit.pull(places[i]) - penalty.slope(feature, values[places[i]]);
          curves[i] = penalty.curvature(feature);
          diagonal[i] = curvatures[places[i]] + curves[i];
        }
        UnaryOperator<double[]> ofDatafit = Run.this.datafit.curvature(features);
        UnaryOperator<double[]> times =
            vector -> {
              double[] product = ofDatafit.apply(vector);
              for (int i = 0; i < product.length; i++) {
                product[i] += curves[i] * vector[i];
              }
              return product;
            };
        double[] way =
            ConjugateGradients.solve(
                times, diagonal, target, CONJUGATE_REDUCTION, MOST_CONJUGATE_STEPS);
        double[] before = values.clone();
        for (int i = 0; i < places.length; i++) {
          double from = before[places[i]];
          double to = from + way[i];
          boolean crosses = from * to <= 0;
          boolean leaves = Double.isInfinite(penalty.value(features[i], to));
          values[places[i]] = crosses ? 0 : leaves ? from : to;
        }
        boolean fell = accept(places, before);
        anderson.restart(values.clone(), datafit.snapshot());
        return fell;
      }

      private static int[] without(int[] values, int at) {
        int[] rest = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, at + 1, rest, at, rest.length - at);
        return rest;
      }

      private static double[] without(double[] values, int at) {
        double[] rest = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, at + 1, rest, at, rest.length - at);
        return rest;
      }

      /** Brings the pulls to where the values are; false, and back, where nothing is gained. */
      private boolean accept(int[] places, double[] before) {
        double[] snapshot = datafit.snapshot();
        double old = objective(before);
        boolean moved = false;
        for (int place : places) {
          if (values[place] != before[place]) {
            datafit.change(place, values[place] - before[place]);
            moved = true;
          }
        }
        if (moved && objective(values) <= old) {
          return true;
        }
        values = before;
        datafit.restore(snapshot);
        return false;
      }

      /** How far signs stay, and whose does not; -1 where all do. */
      private record Step(double part, int blocking) {}

      private Step step(int[] places, double[] way) {
        double part = 1;
        int blocking = -1;
        for (int i = 0; i < places.length; i++) {
          double from = values[places[i]];
          boolean leaves = from * (from + way[i]) <= 0;
          double until = leaves ? -from / way[i] : 1;
          if (until < part) {
            part = until;
            blocking = i;
          }
        }
        return new Step(part, blocking);
      }

      private int[] smoothPlaces() {
        int[] places = new int[set.length];
        int count = 0;
        for (int i = 0; i < set.length; i++) {
          if (values[i] != 0 && !Double.isNaN(penalty.slope(set[i], values[i]))) {
            places[count++] = i;
          }
        }
        return Arrays.copyOf(places, count);
      }

      /** One way as far as signs stay; true if it ended at a 0. */
      private boolean solve(int[] places) {
        double[] way = way(places);
        if (way.length == 0) {
          return false;
        }
        Step step = step(places, way);
        double[] before = values.clone();
        for (int i = 0; i < places.length; i++) {
          double to = before[places[i]] + step.part() * way[i];
          values[places[i]] = i == step.blocking() ? 0 : to;
        }
        return accept(places, before) && step.blocking() >= 0;
      }

      /**
       * Where to, for the pulls of some features to be what the penalty wants; empty if unknown.
       */
      private double[] way(int[] places) {
        double[] target = new double[places.length];
        for (int i = 0; i < places.length; i++) {
          int feature = set[places[i]];
          target[i] = datafit.pull(places[i]) - penalty.slope(feature, values[places[i]]);
        }
        double[][] system = datafit.gram(places);
        for (int i = 0; i < places.length; i++) {
          system[i][i] += penalty.curvature(set[places[i]]);
          system[i][i] *= 1 + 1e-13;
        }
        Cholesky cholesky = Cholesky.of(system, 0);
        if (!cholesky.isDefinite()) {
          for (int i = 0; i < places.length; i++) {
            system[i][i] *= 1 + 1e-9;
          }
          cholesky = Cholesky.of(system, 0);
        }
        return cholesky.isDefinite() ? cholesky.solve(target) : new double[0];
      }

      private double objective(double[] at) {
        double sum = datafit.value(at);
        for (int i = 0; i < set.length; i++) {
          sum += penalty.value(set[i], at[i]);
        }
        return sum;
      }

      Gap gap() {
        double[] pulls = new double[set.length];
        for (int i = 0; i < set.length; i++) {
          pulls[i] = datafit.pull(i);
        }
        return Gap.of(penalty, set, values, pulls, datafit.value(values));
      }
    }
  }
}
