package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import dev.elbo.tensor.internal.primitive.Max;
import dev.elbo.tensor.internal.primitive.Min;
import dev.elbo.tensor.internal.primitive.Prod;
import dev.elbo.tensor.internal.primitive.Sum;
import org.jspecify.annotations.Nullable;

/** The ways to combine elements, on arrays of any numeric type. */
enum Combine {
  SUM,

  /** The sum of {@code |x|}, of runs of float32 alone. */
  MAGNITUDES,
  PROD,
  MAX,
  MIN;

  static Combine of(@Nullable Primitive reduction) {
    return switch (reduction) {
      case Sum sum -> SUM;
      case Prod prod -> PROD;
      case Max max -> MAX;
      case Min min -> MIN;
      case null, default -> throw new IllegalArgumentException("not a reduction: " + reduction);
    };
  }

  /** Sets {@code to - from} accumulators to what combining nothing gives. */
  void reset(Object accumulator, int from, int to) {
    switch (accumulator) {
      case float[] x ->
          java.util.Arrays.fill(
              x,
              from,
              to,
              switch (this) {
                case SUM, MAGNITUDES -> 0;
                case PROD -> 1;
                case MAX -> Float.NEGATIVE_INFINITY;
                case MIN -> Float.POSITIVE_INFINITY;
              });
      case double[] x ->
          java.util.Arrays.fill(
              x,
              from,
              to,
              switch (this) {
                case SUM, MAGNITUDES -> 0;
                case PROD -> 1;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
              });
      case int[] x ->
          java.util.Arrays.fill(
              x,
              from,
              to,
              switch (this) {
                case SUM, MAGNITUDES -> 0;
                case PROD -> 1;
                case MAX -> Integer.MIN_VALUE;
                case MIN -> Integer.MAX_VALUE;
              });
      default -> throw unsupported(accumulator);
    }
  }

  /** {@code target[at] =} all elements of a run combined. */
  void run(ReductionKernels kernels, Object x, int offset, int length, Object target, int at) {
    switch (x) {
      case float[] floats ->
          ((float[]) target)[at] =
              switch (this) {
                case SUM -> kernels.sum(floats, offset, length);
                case MAGNITUDES -> kernels.sumOfMagnitudes(floats, offset, length);
                case PROD -> kernels.prod(floats, offset, length);
                case MAX -> kernels.max(floats, offset, length);
                case MIN -> kernels.min(floats, offset, length);
              };
      case double[] doubles ->
          ((double[]) target)[at] =
              switch (this) {
                case SUM -> kernels.sum(doubles, offset, length);
                case MAGNITUDES -> throw unsupported(x);
                case PROD -> kernels.prod(doubles, offset, length);
                case MAX -> kernels.max(doubles, offset, length);
                case MIN -> kernels.min(doubles, offset, length);
              };
      case int[] ints ->
          ((int[]) target)[at] =
              switch (this) {
                case SUM -> kernels.sum(ints, offset, length);
                case MAGNITUDES -> throw unsupported(x);
                case PROD -> kernels.prod(ints, offset, length);
                case MAX -> kernels.max(ints, offset, length);
                case MIN -> kernels.min(ints, offset, length);
              };
      default -> throw unsupported(x);
    }
  }

  /** {@code target[at + r] =} the elements of row r combined, for rows that follow each other. */
  void rows(
      ReductionKernels kernels, Object x, int offset, int rows, int length, Object target, int at) {
    if (this == SUM && x instanceof float[] floats) {
      kernels.sumRows(floats, offset, rows, length, (float[]) target, at);
      return;
    }
    for (int row = 0; row < rows; row++) {
      run(kernels, x, offset + row * length, length, target, at + row);
    }
  }

  /** Combines rows, in ascending order, into accumulators, one for each column. */
  void columns(
      ReductionKernels kernels,
      Object x,
      int offset,
      int rows,
      int columns,
      Object accumulator,
      int at) {
    switch (x) {
      case float[] floats -> {
        float[] sums = (float[]) accumulator;
        switch (this) {
          case MAGNITUDES -> throw unsupported(x);
          case SUM -> kernels.addColumns(floats, offset, rows, columns, columns, sums, at);
          case PROD -> kernels.prodColumns(floats, offset, rows, columns, columns, sums, at);
          case MAX -> kernels.maxColumns(floats, offset, rows, columns, columns, sums, at);
          case MIN -> kernels.minColumns(floats, offset, rows, columns, columns, sums, at);
        }
      }
      case double[] doubles -> {
        double[] sums = (double[]) accumulator;
        switch (this) {
          case MAGNITUDES -> throw unsupported(x);
          case SUM -> kernels.addColumns(doubles, offset, rows, columns, columns, sums, at);
          case PROD -> kernels.prodColumns(doubles, offset, rows, columns, columns, sums, at);
          case MAX -> kernels.maxColumns(doubles, offset, rows, columns, columns, sums, at);
          case MIN -> kernels.minColumns(doubles, offset, rows, columns, columns, sums, at);
        }
      }
      case int[] ints -> {
        int[] sums = (int[]) accumulator;
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            int value = ints[offset + row * columns + column];
            int sum = sums[at + column];
            sums[at + column] =
                switch (this) {
                  case MAGNITUDES -> throw unsupported(x);
                  case SUM -> sum + value;
                  case PROD -> sum * value;
                  case MAX -> Math.max(sum, value);
                  case MIN -> Math.min(sum, value);
                };
          }
        }
      }
      default -> throw unsupported(x);
    }
  }

  private static IllegalArgumentException unsupported(Object array) {
    return new IllegalArgumentException(
        "reductions are defined on float32, float64 and int32, received "
            + array.getClass().getSimpleName());
  }
}
