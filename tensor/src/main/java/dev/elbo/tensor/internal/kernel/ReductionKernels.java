package dev.elbo.tensor.internal.kernel;

/**
 * Sums, products, extrema and softmax over runs of an array, each in an order that the length alone
 * sets: every implementation gives the same bits.
 *
 * <p><b>The order of sums and products.</b> 64 virtual lanes start at 0 (sum) or 1 (product).
 * Element {@code i} of the run is added to lane {@code i mod 64}, in ascending order of {@code i};
 * then, for h = 32, 16, 8, 4, 2, 1, lane {@code i} takes in lane {@code i + h} for every {@code i <
 * h}. Lane 0 is the result. A run of no elements gives 0, or 1. As lanes start at +0, a sum is
 * never -0.
 *
 * <p><b>Extrema</b> follow {@link Math#max} and {@link Math#min}: NaN wins, and -0 is below +0. A
 * run of no elements gives the identity: negative infinity (or the smallest integer) for max,
 * positive infinity (or the largest integer) for min.
 *
 * <p>float64 and int32 have one implementation, {@link DoubleReductions} and {@link IntReductions}.
 *
 * <p>In the column forms, row {@code r} of the block begins at {@code offset + r * rowStride}; rows
 * are taken in ascending order, into an accumulator that the caller has set.
 */
public interface ReductionKernels {

  /** {@code x[0] + ... + x[length - 1]}, in the order of the class documentation. */
  float sum(float[] x, int offset, int length);

  /** Whether {@link #sumOfMagnitudes} is there: it spares a pass of its own for {@code |x|}. */
  default boolean sumsMagnitudes() {
    return false;
  }

  /** {@code |x[0]| + ... + |x[length - 1]|}, in the order of the class documentation. */
  default float sumOfMagnitudes(float[] x, int offset, int length) {
    throw new UnsupportedOperationException("sums of magnitudes take two passes here");
  }

  /** {@code x[0] * ... * x[length - 1]}, in the order of the class documentation. */
  float prod(float[] x, int offset, int length);

  /** The largest element; NaN if there is one. */
  float max(float[] x, int offset, int length);

  /** The smallest element; NaN if there is one. */
  float min(float[] x, int offset, int length);

  /**
   * Index of the first largest element, counted from {@code offset}; the first NaN if there is one,
   * as in NumPy. -0 and +0 are equal here. A run of no elements gives -1.
   *
   * <p>The maximum first, then its place: a loop that carries the index waits for it at each step.
   */
  default int argMax(float[] x, int offset, int length) {
    float max = max(x, offset, length);
    boolean isNaN = Float.isNaN(max);
    for (int i = 0; i < length; i++) {
      float value = x[offset + i];
      if (value == max || (isNaN && Float.isNaN(value))) {
        return i;
      }
    }
    return -1;
  }

  /** {@code accumulator[j] += x[r, j]} for r = 0, 1, ..., rows - 1. */
  void addColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset);

  /** {@code accumulator[j] *= x[r, j]} for r = 0, 1, ..., rows - 1. */
  void prodColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset);

  /** {@code accumulator[j] = max(accumulator[j], x[r, j])} over the rows. */
  void maxColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset);

  /** {@code accumulator[j] = min(accumulator[j], x[r, j])} over the rows. */
  void minColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset);

  /**
   * {@code y[i] = e^(x[i] - max(x)) / sum_k e^(x[k] - max(x))}: softmax of one contiguous row. NaN
   * everywhere if the row holds a NaN or positive infinity, or is negative infinity everywhere.
   * Source and target may be the same run.
   */
  void softmaxRow(float[] x, int offset, float[] target, int targetOffset, int length);

  /**
   * {@code y[i] = (x[i] - max(x)) - log(sum_k e^(x[k] - max(x)))}: log-softmax of one contiguous
   * row. Special cases as in {@link #softmaxRow(float[], int, float[], int, int)}. Source and
   * target may be the same run.
   */
  void logSoftmaxRow(float[] x, int offset, float[] target, int targetOffset, int length);

  /**
   * {@code max(x) + log(sum_k e^(x[k] - max(x)))}: logarithm of the sum of exponentials of one
   * contiguous row. Where the largest element is infinite, the result is that element (as in
   * SciPy); a NaN gives NaN; a run of no elements gives negative infinity.
   */
  float logSumExpRow(float[] x, int offset, int length);

  /** {@link #sum(float[], int, int)} of rows that follow each other. */
  default void sumRows(
      float[] x, int offset, int rows, int length, float[] target, int targetOffset) {
    for (int row = 0; row < rows; row++) {
      target[targetOffset + row] = sum(x, offset + row * length, length);
    }
  }

  /** Floats of scratch for {@link #softmaxRows} and {@link #logSumExpRows}. */
  default int rowsScratchFloats() {
    return 0;
  }

  /** {@link #softmaxRow(float[], int, float[], int, int)} of rows that follow each other. */
  default void softmaxRows(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    for (int row = 0; row < rows; row++) {
      softmaxRow(x, offset + row * length, target, targetOffset + row * length, length);
    }
  }

  /** {@link #logSumExpRow(float[], int, int)} of rows that follow each other. */
  default void logSumExpRows(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    for (int row = 0; row < rows; row++) {
      target[targetOffset + row] = logSumExpRow(x, offset + row * length, length);
    }
  }

  /** As {@link #sum(float[], int, int)}, on float64. */
  default double sum(double[] x, int offset, int length) {
    return DoubleReductions.sum(x, offset, length);
  }

  /** As {@link #prod(float[], int, int)}, on float64. */
  default double prod(double[] x, int offset, int length) {
    return DoubleReductions.prod(x, offset, length);
  }

  /** As {@link #max(float[], int, int)}, on float64. */
  default double max(double[] x, int offset, int length) {
    return DoubleReductions.max(x, offset, length);
  }

  /** As {@link #min(float[], int, int)}, on float64. */
  default double min(double[] x, int offset, int length) {
    return DoubleReductions.min(x, offset, length);
  }

  /** As {@link #argMax(float[], int, int)}, on float64. */
  default int argMax(double[] x, int offset, int length) {
    return DoubleReductions.argMax(x, offset, length);
  }

  /** As {@link #addColumns(float[], int, int, int, int, float[], int)}, on float64. */
  default void addColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    DoubleReductions.addColumns(
        x, offset, rows, columns, rowStride, accumulator, accumulatorOffset);
  }

  /** As {@link #prodColumns(float[], int, int, int, int, float[], int)}, on float64. */
  default void prodColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    DoubleReductions.prodColumns(
        x, offset, rows, columns, rowStride, accumulator, accumulatorOffset);
  }

  /** As {@link #maxColumns(float[], int, int, int, int, float[], int)}, on float64. */
  default void maxColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    DoubleReductions.maxColumns(
        x, offset, rows, columns, rowStride, accumulator, accumulatorOffset);
  }

  /** As {@link #minColumns(float[], int, int, int, int, float[], int)}, on float64. */
  default void minColumns(
      double[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      double[] accumulator,
      int accumulatorOffset) {
    DoubleReductions.minColumns(
        x, offset, rows, columns, rowStride, accumulator, accumulatorOffset);
  }

  /** As {@link #softmaxRow(float[], int, float[], int, int)}, on float64. */
  default void softmaxRow(double[] x, int offset, double[] target, int targetOffset, int length) {
    DoubleReductions.softmaxRow(x, offset, target, targetOffset, length);
  }

  /** As {@link #logSoftmaxRow(float[], int, float[], int, int)}, on float64. */
  default void logSoftmaxRow(
      double[] x, int offset, double[] target, int targetOffset, int length) {
    DoubleReductions.logSoftmaxRow(x, offset, target, targetOffset, length);
  }

  /** As {@link #logSumExpRow(float[], int, int)}, on float64. */
  default double logSumExpRow(double[] x, int offset, int length) {
    return DoubleReductions.logSumExpRow(x, offset, length);
  }

  /** Sum of int32 elements; wraps around on overflow. */
  default int sum(int[] x, int offset, int length) {
    return IntReductions.sum(x, offset, length);
  }

  /** Product of int32 elements; wraps around on overflow. */
  default int prod(int[] x, int offset, int length) {
    return IntReductions.prod(x, offset, length);
  }

  /** The largest int32 element. */
  default int max(int[] x, int offset, int length) {
    return IntReductions.max(x, offset, length);
  }

  /** The smallest int32 element. */
  default int min(int[] x, int offset, int length) {
    return IntReductions.min(x, offset, length);
  }

  /** Index of the first largest int32 element; -1 for a run of no elements. */
  default int argMax(int[] x, int offset, int length) {
    return IntReductions.argMax(x, offset, length);
  }
}
