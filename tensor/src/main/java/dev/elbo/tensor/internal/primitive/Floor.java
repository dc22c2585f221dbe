package dev.elbo.tensor.internal.primitive;

/** {@code y}, the largest whole number not above x; the gradient is 0. */
public record Floor() implements Unary {
  @Override
  public float apply(float x) {
    return (float) Math.floor(x);
  }

  @Override
  public double apply(double x) {
    return Math.floor(x);
  }

  @Override
  public int apply(int x) {
    return x;
  }

  @Override
  public boolean isPlain() {
    return false;
  }
}
