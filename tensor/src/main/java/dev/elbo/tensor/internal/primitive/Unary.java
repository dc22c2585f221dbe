package dev.elbo.tensor.internal.primitive;

/** {@code y = f(x)} for an f of few machine instructions. */
public non-sealed interface Unary extends Elementwise {
  float apply(float x);

  double apply(double x);

  /** True if f is a single machine instruction, as most are: loops of many others are cut. */
  default boolean isPlain() {
    return true;
  }

  /** Only reached if the operation admits int32. */
  default int apply(int x) {
    throw new IllegalStateException(name() + " is not defined on int32");
  }
}
