package dev.elbo.tensor.internal.kernel;

/**
 * The float64 reductions of {@link ReductionKernels}, which documents their order and special
 * cases.
 */
public final class DoubleReductions {
  private DoubleReductions() {}

  private static final int LANES = 64;

  public static double sum(double[] x, int offset, int length) {
    return sum(x, offset, length, 0, 1);
  }

  /** The lanes that the steps from h = 32 down to {@code step} fold into {@code lane}. */
  private static double sum(double[] x, int offset, int length, int lane, int step) {
    if (lane >= length) {
      return 0.0;
    }
    if (step < LANES) {
      return sum(x, offset, length, lane, 2 * step) + sum(x, offset, length, lane + step, 2 * step);
    }
    double sum = 0.0;
    for (int i = lane; i < length; i += LANES) {
      sum += x[offset + i];
    }
    return sum;
  }

  public static double prod(double[] x, int offset, int length) {
    return prod(x, offset, length, 0, 1);
  }

  /** The lanes that the steps from h = 32 down to {@code step} fold into {@code lane}. */
  private static double prod(double[] x, int offset, int length, int lane, int step) {
    if (lane >= length) {
      return 1.0;
    }
    if (step < LANES) {
      return prod(x, offset, length, lane, 2 * step)
          * prod(x, offset, length, lane + step, 2 * step);
    }
    double product = 1.0;
    for (int i = lane; i < length; i += LANES) {
      product *= x[offset + i];
    }
    return product;
  }

  public static double max(double[] x, int offset, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, x[offset + i]);
    }
    return largest;
  }

  public static double min(double[] x, int offset, int length) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      smallest = Math.min(smallest, x[offset + i]);
    }
    return smallest;
  }

  public static int argMax(double[] x, int offset, int length) {
    double max = max(x, offset, length);
    boolean isNaN = Double.isNaN(max);
    for (int i = 0; i < length; i++) {
      double value = x[offset + i];
      if (value == max || (isNaN && Double.isNaN(value))) {
        return i;
      }
    }
    return -1;
  }

  public static void addColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] += x[row + j];
      }
    }
  }

  public static void prodColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] *= x[row + j];
      }
    }
  }

  public static void maxColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] =
            Math.max(accumulator[accumulatorOffset + j], x[row + j]);
      }
    }
  }

  public static void minColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * rowStride;
      for (int j = 0; j < columns; j++) {
        accumulator[accumulatorOffset + j] =
            Math.min(accumulator[accumulatorOffset + j], x[row + j]);
      }
    }
  }

  public static void softmaxRow(
      double[] x, int offset, double[] target, int targetOffset, int length) {
    double max = max(x, offset, length);
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = DoubleMath.exp(x[offset + i] - max);
    }
    double sum = sum(target, targetOffset, length);
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] /= sum;
    }
  }

  public static void logSoftmaxRow(
      double[] x, int offset, double[] target, int targetOffset, int length) {
    double max = max(x, offset, length);
    double log = DoubleMath.log(sumOfExponentials(x, offset, length, max, 0, 1));
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = (x[offset + i] - max) - log;
    }
  }

  public static double logSumExpRow(double[] x, int offset, int length) {
    double max = max(x, offset, length);
    return Double.isInfinite(max)
        ? max
        : max + DoubleMath.log(sumOfExponentials(x, offset, length, max, 0, 1));
  }

  /** The sum of e^(x - max) over the lanes that fold into {@code lane}, as in prod. */
  private static double sumOfExponentials(
      double[] x, int offset, int length, double max, int lane, int step) {
    if (lane >= length) {
      return 0.0;
    }
    if (step < LANES) {
      return sumOfExponentials(x, offset, length, max, lane, 2 * step)
          + sumOfExponentials(x, offset, length, max, lane + step, 2 * step);
    }
    double sum = 0.0;
    for (int i = lane; i < length; i += LANES) {
      sum += DoubleMath.exp(x[offset + i] - max);
    }
    return sum;
  }
}
