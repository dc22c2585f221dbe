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
 * <p>Proofs hold up to the rounding of float64 in the data's own products.
 *
 * @param dualityGap the objective (the one with {@code 1 / 2n}) is at most this much above its
 *     minimum; NaN where there is no gap
 * @param kktResidual the largest violation of the optimality conditions {@code |X_j'r / n|}
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
