package dev.elbo.tensor.internal.primitive;

/** {@code y = -1, 0 or 1}, NaN for NaN; the gradient is 0. */
public record Sign() implements Unary {
  @Override
  public float apply(float x) {
    return Math.signum(x);
  }

  @Override
  public double apply(double x) {
    return Math.signum(x);
  }

  @Override
  public int apply(int x) {
    return Integer.signum(x);
  }

  @Override
  public boolean isPlain() {
    return false;
  }
}
