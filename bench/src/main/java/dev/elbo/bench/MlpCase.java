package dev.elbo.bench;

/**
 * One setting of the lecture's model: 784-128-10, relu, Adam.
 *
 * @param dropout the share of hidden units dropped
 * @param l1 the factor of {@code l1 * sum(|w|)} on the first kernel
 */
public record MlpCase(int batch, double dropout, double l1) {
  String label() {
    return "batch " + batch + (l1 > 0 ? " with L1" : " without L1");
  }
}
