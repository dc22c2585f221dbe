package dev.elbo.tensor.internal.kernel;

/**
 * {@code target[targetOffset + i] = f(source[sourceOffset + i])} for {@code 0 <= i < length}:
 * element-wise functions over runs of an array.
 *
 * <p>Every implementation gives the bits of {@link FloatMath} for every input (a NaN result is a
 * NaN in all, its payload unspecified). Source and target may be the same run; runs that overlap
 * without being the same are not supported. Bounds are the caller's care: a run that leaves its
 * array throws {@link IndexOutOfBoundsException}, possibly after part of the target has been
 * written.
 *
 * <p>float64 has one implementation, the loops over {@link DoubleMath} in this interface: it serves
 * gradient checks, where speed does not matter.
 */
public interface MathKernels {

  void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void log(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void sigmoid(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void softplus(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  /**
   * {@link #sigmoid} and {@link #softplus} of one source, which share an exponential. The target of
   * softplus may be the source.
   */
  default void sigmoidAndSoftplus(
      float[] source,
      int sourceOffset,
      float[] sigmoid,
      int sigmoidOffset,
      float[] softplus,
      int softplusOffset,
      int length) {
    sigmoid(source, sourceOffset, sigmoid, sigmoidOffset, length);
    softplus(source, sourceOffset, softplus, softplusOffset, length);
  }

  void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void sin(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  void cos(float[] source, int sourceOffset, float[] target, int targetOffset, int length);

  /**
   * {@code target[i] = base[i] ^ exponent[i]}, see {@link FloatMath#pow}. The target may be either
   * of the sources.
   */
  default void pow(
      float[] base,
      int baseOffset,
      float[] exponent,
      int exponentOffset,
      float[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.pow(base[baseOffset + i], exponent[exponentOffset + i]);
    }
  }

  /** Applies one function, chosen at run time. */
  default void apply(
      MathFunction function,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      int length) {
    switch (function) {
      case EXP -> exp(source, sourceOffset, target, targetOffset, length);
      case EXPM1 -> expm1(source, sourceOffset, target, targetOffset, length);
      case LOG -> log(source, sourceOffset, target, targetOffset, length);
      case LOG1P -> log1p(source, sourceOffset, target, targetOffset, length);
      case TANH -> tanh(source, sourceOffset, target, targetOffset, length);
      case SIGMOID -> sigmoid(source, sourceOffset, target, targetOffset, length);
      case SOFTPLUS -> softplus(source, sourceOffset, target, targetOffset, length);
      case ERF -> erf(source, sourceOffset, target, targetOffset, length);
      case SIN -> sin(source, sourceOffset, target, targetOffset, length);
      case COS -> cos(source, sourceOffset, target, targetOffset, length);
    }
  }

  /** Applies one function to float64 elements. */
  default void apply(
      MathFunction function,
      double[] source,
      int sourceOffset,
      double[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      double x = source[sourceOffset + i];
      target[targetOffset + i] =
          switch (function) {
            case EXP -> DoubleMath.exp(x);
            case EXPM1 -> DoubleMath.expm1(x);
            case LOG -> DoubleMath.log(x);
            case LOG1P -> DoubleMath.log1p(x);
            case TANH -> DoubleMath.tanh(x);
            case SIGMOID -> DoubleMath.sigmoid(x);
            case SOFTPLUS -> DoubleMath.softplus(x);
            case ERF -> DoubleMath.erf(x);
            case SIN -> DoubleMath.sin(x);
            case COS -> DoubleMath.cos(x);
          };
    }
  }

  /** {@code target[i] = base[i] ^ exponent[i]} for float64 elements, see {@link DoubleMath#pow}. */
  default void pow(
      double[] base,
      int baseOffset,
      double[] exponent,
      int exponentOffset,
      double[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = DoubleMath.pow(base[baseOffset + i], exponent[exponentOffset + i]);
    }
  }

  /** Random float32 numbers, which are functions of the element's index. */
  RandomFills randomFills();
}
