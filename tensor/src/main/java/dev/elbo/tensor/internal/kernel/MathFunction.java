package dev.elbo.tensor.internal.kernel;

/**
 * The unary functions that {@link MathKernels} computes; their formulas are in {@link FloatMath}.
 */
public enum MathFunction {
  /** {@code e^x} */
  EXP,
  /** {@code e^x - 1} */
  EXPM1,
  /** {@code log(x)} */
  LOG,
  /** {@code log(1 + x)} */
  LOG1P,
  /** {@code (e^x - e^-x) / (e^x + e^-x)} */
  TANH,
  /** {@code 1 / (1 + e^-x)} */
  SIGMOID,
  /** {@code log(1 + e^x)} */
  SOFTPLUS,
  /** {@code 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x} */
  ERF,
  /** {@code sin(x)}, x in radians */
  SIN,
  /** {@code cos(x)}, x in radians */
  COS
}
