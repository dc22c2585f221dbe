package dev.elbo.tensor.internal.primitive;

/** {@code y = a | b} on bools. */
public record LogicalOr() implements Logical {
  @Override
  public boolean apply(boolean a, boolean b) {
    return a || b;
  }
}
