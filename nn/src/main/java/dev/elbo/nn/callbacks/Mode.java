package dev.elbo.nn.callbacks;

/** Which values of a monitored number are better. */
public enum Mode {
  /** Told from the name: small losses and errors, large accuracies. */
  AUTO,
  /** Small ones. */
  MIN,
  /** Large ones. */
  MAX
}
