package dev.elbo.tensor.internal.kernel;

/** {@link MathKernels} as plain loops over {@link FloatMath}. */
public final class ScalarMathKernels implements MathKernels {
  private final RandomFills randomFills = new ScalarRandomFills();

  public ScalarMathKernels() {}

  @Override
  public RandomFills randomFills() {
    return randomFills;
  }

  @Override
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.exp(source[sourceOffset + i]);
    }
  }

  @Override
  public void expm1(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.expm1(source[sourceOffset + i]);
    }
  }

  @Override
  public void log(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.log(source[sourceOffset + i]);
    }
  }

  @Override
  public void log1p(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.log1p(source[sourceOffset + i]);
    }
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.tanh(source[sourceOffset + i]);
    }
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.sigmoid(source[sourceOffset + i]);
    }
  }

  @Override
  public void softplus(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.softplus(source[sourceOffset + i]);
    }
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.erf(source[sourceOffset + i]);
    }
  }

  @Override
  public void sin(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.sin(source[sourceOffset + i]);
    }
  }

  @Override
  public void cos(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.cos(source[sourceOffset + i]);
    }
  }
}
