package dev.elbo.tensor.internal.primitive;

/**
 * {@code y = 1 if x > 0, else 0}; the gradient is 0. Written without a branch, so that loops
 * vectorise.
 */
public record Step() implements Unary {
  @Override
  public float apply(float x) {
    return Math.signum(Math.max(x, 0f));
  }

  @Override
  public double apply(double x) {
    return Math.signum(Math.max(x, 0.0));
  }

  @Override
  public int apply(int x) {
    return Integer.signum(Math.max(x, 0));
  }

  @Override
  public boolean isPlain() {
    return false;
  }
}
