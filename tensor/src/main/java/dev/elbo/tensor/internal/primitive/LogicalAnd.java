package dev.elbo.tensor.internal.primitive;

/** {@code y = a & b} on bools. */
public record LogicalAnd() implements Logical {
  @Override
  public boolean apply(boolean a, boolean b) {
    return a && b;
  }
}
