package dev.elbo.linear;

/** What is proven about a coefficient of the exact optimum. */
public enum Proof {
  /** It is 0. */
  ZERO,
  /**
   * It is not 0, and has the sign of the fitted one. Of a group, or a row of several targets: it is
   * not 0 as a whole.
   */
  NON_ZERO,
  /** Neither is proven at this gap. */
  OPEN,
  /** It has no penalty, so that nothing was selected. */
  UNPENALISED
}
