package dev.elbo.tensor.internal.primitive;

/** {@code y = f(a, b)} where both arguments and the result have one type. */
public non-sealed interface Binary extends Elementwise {
  float apply(float a, float b);

  double apply(double a, double b);

  int apply(int a, int b);
}
