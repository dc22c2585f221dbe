package dev.elbo.nn.lint;

/** How bad a mistake is. */
public enum Severity {
  /** May be meant: it is logged, and training goes on. */
  WARNING,

  /** Training cannot be right: it does not begin. */
  ERROR
}
