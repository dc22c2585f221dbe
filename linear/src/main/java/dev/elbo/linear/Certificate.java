package dev.elbo.linear;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How near a fit is to the exact optimum, and what of its support is proven.
 *
 * <p>A 0 is proven by the gap-safe test: the dual optimum lies in a ball around the dual point of
 * the fit, and in the whole ball the feature's correlation stays under its bound. A non-zero is
 * proven where {@code |b_j|} exceeds {@code radius = sqrt(2 dualityGap / lambda_min)}, lambda_min
 * the smallest eigenvalue of {@code X_S'X_S / n + l2} and S the features that are not proven to be
 * 0: on these the objective is strongly convex, and the optimum lies within the radius.
 *
 * <p>The same radius is that of {@link GroupLasso} and of several targets, whose groups and rows
 * are proven by their lengths. Logistic and Poisson losses are strongly convex nowhere with one
 * constant, but their third derivative is never larger than their second (self-concordance; Bach,
 * Electronic Journal of Statistics 4, 2010), which bounds from below what the loss grows by on any
 * way from the fit: {@code radius = sqrt(2 dualityGap / (theta lambda_min + l2))}, lambda_min that
 * of {@code X_S' diag(w_i loss''_i) X_S} at the fit, centred where there is an intercept, and theta
 * at most 1 and near it for a small gap. It is a theorem at any gap, infinite where the gap is too
 * large for it. Zeros of Poisson are proven from the same, those of logistic by the gap-safe test
 * as well.
 *
 * <p>Of {@link HuberRegression} nothing is proven: its loss is linear beyond epsilon sigma, so that
 * a gap bounds no distance there, and sigma moves with the coefficients. Of {@link Mcp} and {@link
 * Scad} nothing is either, as their objective has several minima.
 *
 * <p>Proofs hold up to the rounding of float64 in the data's own products.
 *
 * @param dualityGap the objective (the one with {@code 1 / 2n}) is at most this much above its
 *     minimum; NaN where there is no gap
 * @param kktResidual the largest violation of the optimality conditions, in units of {@code X'r /
 *     n}
 * @param radius the distance within which the optimal coefficients lie; infinite where not known
 * @param proofs one a feature
 */
public record Certificate(
    double dualityGap, double kktResidual, double radius, List<Proof> proofs) {
  public Certificate {
    proofs = List.copyOf(proofs);
  }

  /** The features about which this is proven, ascending. */
  public int[] features(Proof proof) {
    return IntStream.range(0, proofs.size()).filter(j -> proofs.get(j) == proof).toArray();
  }

  /** Whether each penalised feature is proven to be in the support or not. */
  public boolean isComplete() {
    return !proofs.contains(Proof.OPEN);
  }
}
