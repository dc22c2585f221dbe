package dev.elbo.vae;

import java.util.List;
import java.util.Locale;

/**
 * The evidence lower bound of some examples, {@code elbo = -(reconstruction + kl)}: means over the
 * examples, in nats per example, always with beta 1. The elbo is at most {@code ln p(x)}; higher is
 * better, and the two parts are costs.
 *
 * @param elbo the bound
 * @param reconstruction {@code E_q[-ln p(x | z)]}
 * @param kl {@code KL(q(z | x) || p(z))}, the sum of {@code klPerDim}
 * @param klPerDim the same for each latent dimension; one that carries nothing is 0
 * @param examples how many examples it is the mean of
 * @param samples how many draws of z for each example
 */
public record ElboEstimate(
    double elbo,
    double reconstruction,
    double kl,
    List<Double> klPerDim,
    int examples,
    int samples) {
  public ElboEstimate {
    klPerDim = List.copyOf(klPerDim);
  }

  /** {@code -103.72 nats (reconstruction 78.51, kl 25.21)} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.2f nats (reconstruction %.2f, kl %.2f)", elbo, reconstruction, kl);
  }
}
