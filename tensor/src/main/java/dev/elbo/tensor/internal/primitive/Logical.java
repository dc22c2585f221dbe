package dev.elbo.tensor.internal.primitive;

/** {@code y = a ? b} on bools. No gradient. */
public non-sealed interface Logical extends Elementwise {
  boolean apply(boolean a, boolean b);
}
