package dev.elbo.linear.internal;

import java.util.function.DoubleUnaryOperator;

/**
 * How far coefficients are from the optimum.
 *
 * @param value the duality gap: the objective is at most this much above its minimum; NaN where
 *     there is none
 * @param scale the dual point is the residual over n, times this
 * @param violation the largest violation of the KKT conditions
 */
public record Gap(double value, double scale, double violation) {
  private static final double ROUNDINGS = 8;

  /** Whether there is a gap; without one the violation decides. */
  public boolean exists() {
    return !Double.isNaN(value);
  }

  /**
   * What the value may be wrong by: each of its terms is a difference of numbers of the penalty's
   * size, a few of which were rounded.
   */
  public static double rounding(Penalty penalty, double[] b) {
    double sum = 0;
    for (int j = 0; j < b.length; j++) {
      sum += penalty.value(j, b[j]);
    }
    return rounding(sum);
  }

  /** The same for a penalty of this value. */
  static double rounding(double penalty) {
    return ROUNDINGS * 0x1p-53 * penalty;
  }

  /** The gap at some coefficients. */
  public static Gap of(Datafit datafit, Penalty penalty, double[] b) {
    Datafit.State state = datafit.start(b);
    double[] pulls = new double[b.length];
    int[] all = new int[b.length];
    for (int j = 0; j < b.length; j++) {
      all[j] = j;
    }
    state.pulls(all, pulls);
    return of(penalty, all, b, pulls, state.value(b));
  }

  /**
   * The gap of the problem that is left when only some features may be used.
   *
   * <p>With residual r, dual point {@code t = s r / n} and pulls {@code v = X'r / n} it is {@code
   * (1 - s)^2 |r|^2 / 2n + sum_j (penalty(b_j) + conjugate(s v_j) - b_j s v_j)}: each term is at
   * least 0 (Fenchel and Young), so that nothing cancels and gaps far below the objective's own
   * rounding keep their meaning.
   *
   * @param features which they are
   * @param b the coefficient of each
   * @param pulls the pull of each
   * @param datafitValue {@code |r|^2 / 2n}
   */
  static Gap of(Penalty penalty, int[] features, double[] b, double[] pulls, double datafitValue) {
    return of(penalty, features, b, pulls, s -> (1 - s) * (1 - s) * datafitValue);
  }

  /**
   * The gap of another datafit.
   *
   * @param datafitGap what the datafit adds when its dual point is scaled by s
   */
  static Gap of(
      Penalty penalty, int[] features, double[] b, double[] pulls, DoubleUnaryOperator datafitGap) {
    double violation = 0;
    double toDomain = 1;
    double toZero = 1;
    for (int i = 0; i < features.length; i++) {
      violation = Math.max(violation, penalty.violation(features[i], b[i], pulls[i]));
      toDomain = Math.min(toDomain, penalty.scaleIntoDomain(features[i], pulls[i]));
      toZero = Math.min(toZero, penalty.scaleToZero(features[i], pulls[i]));
    }
    if (!penalty.hasGap()) {
      return new Gap(Double.NaN, Double.NaN, violation);
    }
    double value = value(penalty, features, b, pulls, datafitGap, toDomain);
    double scale = toDomain;
    if (toZero != toDomain) {
      double other = value(penalty, features, b, pulls, datafitGap, toZero);
      if (other < value) {
        value = other;
        scale = toZero;
      }
    }
    return new Gap(value, scale, violation);
  }

  private static double value(
      Penalty penalty,
      int[] features,
      double[] b,
      double[] pulls,
      DoubleUnaryOperator datafitGap,
      double scale) {
    double sum = datafitGap.applyAsDouble(scale);
    for (int i = 0; i < features.length; i++) {
      double pull = scale * pulls[i];
      double term =
          penalty.value(features[i], b[i]) + penalty.conjugate(features[i], pull) - b[i] * pull;
      sum += Math.max(term, 0);
    }
    return sum;
  }
}
