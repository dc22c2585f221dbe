package dev.elbo.tensor.internal.primitive;

/** {@code y = a == b}; false if either is NaN. */
public record Equal() implements Comparison {
  @Override
  public boolean apply(float a, float b) {
    return a == b;
  }

  @Override
  public boolean apply(double a, double b) {
    return a == b;
  }

  @Override
  public boolean apply(int a, int b) {
    return a == b;
  }
}
