package dev.elbo.tensor.internal.kernel;

/** How two numbers may stand to each other. */
public enum Relation {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_EQUAL
}
