package dev.elbo.linear;

/** At no alpha are all penalised coefficients 0, or at each. */
final class NoLargestAlphaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NoLargestAlphaException(String message) {
    super(message);
  }
}
