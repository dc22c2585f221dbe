package dev.elbo.tensor.internal.kernel;

/**
 * {@link ReductionKernels} as plain loops: the fallback, and the oracle of the vector kernels.
 *
 * <p>Nothing here allocates: the 64 lanes are taken in groups that fit in registers, or one by one.
 */
public final class ScalarReductionKernels implements ReductionKernels {
  private static final int LANES = 64;

  public ScalarReductionKernels() {}

  @Override
  public float sum(float[] x, int offset, int length) {
    int end = offset + length;
    // The last two steps of the tree; the first four are inside.
    return (sumOfEveryFourth(x, offset, end) + sumOfEveryFourth(x, offset + 2, end))
        + (sumOfEveryFourth(x, offset + 1, end) + sumOfEveryFourth(x, offset + 3, end));
  }

  /** The lanes start, start + 4, ..., start + 60, folded into one. */
  private static float sumOfEveryFourth(float[] x, int start, int end) {
    float a0 = 0f;
    float a1 = 0f;
    float a2 = 0f;
    float a3 = 0f;
    float a4 = 0f;
    float a5 = 0f;
    float a6 = 0f;
    float a7 = 0f;
    float a8 = 0f;
    float a9 = 0f;
    float a10 = 0f;
    float a11 = 0f;
    float a12 = 0f;
    float a13 = 0f;
    float a14 = 0f;
    float a15 = 0f;
    int i = start;
    for (; i + 60 < end; i += LANES) {
      a0 += x[i];
      a1 += x[i + 4];
      a2 += x[i + 8];
      a3 += x[i + 12];
      a4 += x[i + 16];
      a5 += x[i + 20];
      a6 += x[i + 24];
      a7 += x[i + 28];
      a8 += x[i + 32];
      a9 += x[i + 36];
      a10 += x[i + 40];
      a11 += x[i + 44];
      a12 += x[i + 48];
      a13 += x[i + 52];
      a14 += x[i + 56];
      a15 += x[i + 60];
    }
    if (i < end) {
      a0 += x[i];
      if (i + 4 < end) {
        a1 += x[i + 4];
      }
      if (i + 8 < end) {
        a2 += x[i + 8];
      }
      if (i + 12 < end) {
        a3 += x[i + 12];
      }
    }
    if (i + 16 < end) {
      a4 += x[i + 16];
      if (i + 20 < end) {
        a5 += x[i + 20];
      }
      if (i + 24 < end) {
        a6 += x[i + 24];
      }
      if (i + 28 < end) {
        a7 += x[i + 28];
      }
    }
    if (i + 32 < end) {
      a8 += x[i + 32];
      if (i + 36 < end) {
        a9 += x[i + 36];
      }
      if (i + 40 < end) {
        a10 += x[i + 40];
      }
      if (i + 44 < end) {
        a11 += x[i + 44];
      }
    }
    if (i + 48 < end) {
      a12 += x[i + 48];
      if (i + 52 < end) {
        a13 += x[i + 52];
      }
      if (i + 56 < end) {
        a14 += x[i + 56];
      }
      if (i + 60 < end) {
        a15 += x[i + 60];
      }
    }
    // Lanes 32 apart meet first, then 16, 8 and 4.
    a0 = ((a0 + a8) + (a4 + a12)) + ((a2 + a10) + (a6 + a14));
    a1 = ((a1 + a9) + (a5 + a13)) + ((a3 + a11) + (a7 + a15));
    return a0 + a1;
  }

  @Override
  public float prod(float[] x, int offset, int length) {
    return prod(x, offset, length, 0, 1);
  }

  /** The lanes that the steps from h = 32 down to {@code step} fold into {@code lane}. */
  private static float prod(float[] x, int offset, int length, int lane, int step) {
    if (lane >= length) {
      return 1f;
    }
    if (step < LANES) {
      return prod(x, offset, length, lane, 2 * step)
          * prod(x, offset, length, lane + step, 2 * step);
    }
    float product = 1f;
    for (int i = lane; i < length; i += LANES) {
      product *= x[offset + i];
    }
    return product;
  }

  @Override
  public float max(float[] x, int offset, int length) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, x[offset + i]);
    }
    return largest;
  }

  @Override
  public float min(float[] x, int offset, int length) {
    float smallest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      smallest = Math.min(smallest, x[offset + i]);
    }
    return smallest;
  }

  @Override
  public void addColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    int j = 0;
    for (; j + 8 <= columns; j += 8) {
      addEightColumns(x, offset + j, rows, rowStride, accumulator, accumulatorOffset + j);
    }
    for (; j < columns; j++) {
      float sum = accumulator[accumulatorOffset + j];
      for (int r = 0; r < rows; r++) {
        sum += x[offset + r * rowStride + j];
      }
      accumulator[accumulatorOffset + j] = sum;
    }
  }

  /** Eight sums in registers: C2 does not vectorise a row added to an accumulator in memory. */
  private static void addEightColumns(
      float[] x, int offset, int rows, int rowStride, float[] accumulator, int target) {
    float a0 = accumulator[target];
    float a1 = accumulator[target + 1];
    float a2 = accumulator[target + 2];
    float a3 = accumulator[target + 3];
    float a4 = accumulator[target + 4];
    float a5 = accumulator[target + 5];
    float a6 = accumulator[target + 6];
    float a7 = accumulator[target + 7];
    int i = offset;
    for (int r = 0; r < rows; r++) {
      a0 += x[i];
      a1 += x[i + 1];
      a2 += x[i + 2];
      a3 += x[i + 3];
      a4 += x[i + 4];
      a5 += x[i + 5];
      a6 += x[i + 6];
      a7 += x[i + 7];
      i += rowStride;
    }
    accumulator[target] = a0;
    accumulator[target + 1] = a1;
    accumulator[target + 2] = a2;
    accumulator[target + 3] = a3;
    accumulator[target + 4] = a4;
    accumulator[target + 5] = a5;
    accumulator[target + 6] = a6;
    accumulator[target + 7] = a7;
  }

  @Override
  public void prodColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] *= x[row + j];
      }
    }
  }

  @Override
  public void maxColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] =
            Math.max(accumulator[accumulatorOffset + j], x[row + j]);
      }
    }
  }

  @Override
  public void minColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] =
            Math.min(accumulator[accumulatorOffset + j], x[row + j]);
      }
    }
  }

  @Override
  public void softmaxRow(float[] x, int offset, float[] target, int targetOffset, int length) {
    float max = max(x, offset, length);
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = FloatMath.exp(x[offset + i] - max);
    }
    float sum = sum(target, targetOffset, length);
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] /= sum;
    }
  }

  @Override
  public void logSoftmaxRow(float[] x, int offset, float[] target, int targetOffset, int length) {
    float max = max(x, offset, length);
    float log = FloatMath.log(sumOfExponentials(x, offset, length, max, 0, 1));
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = (x[offset + i] - max) - log;
    }
  }

  @Override
  public float logSumExpRow(float[] x, int offset, int length) {
    float max = max(x, offset, length);
    return Float.isInfinite(max)
        ? max
        : max + FloatMath.log(sumOfExponentials(x, offset, length, max, 0, 1));
  }

  /** The sum of e^(x - max) over the lanes that fold into {@code lane}, as in prod. */
  private static float sumOfExponentials(
      float[] x, int offset, int length, float max, int lane, int step) {
    if (lane >= length) {
      return 0f;
    }
    if (lane + step >= length) {
      // One lane is left, and it holds one element.
      return FloatMath.exp(x[offset + lane] - max);
    }
    if (step < LANES) {
      return sumOfExponentials(x, offset, length, max, lane, 2 * step)
          + sumOfExponentials(x, offset, length, max, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int i = lane; i < length; i += LANES) {
      sum += FloatMath.exp(x[offset + i] - max);
    }
    return sum;
  }
}
