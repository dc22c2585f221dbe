package dev.elbo.nn.lint;

/**
 * A mistake that was found.
 *
 * @param lint which of the mistakes that are looked for
 * @param severity whether training goes on
 * @param message where it is, what was expected, what came, and the remedy
 */
public record Finding(Lint lint, Severity severity, String message) {
  /** The message, and the name by which it is silenced. */
  @Override
  public String toString() {
    return message + " [" + lint.id() + "]";
  }
}
