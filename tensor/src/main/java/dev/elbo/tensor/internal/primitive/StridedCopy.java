package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.SelectionKernels;

/** Copies between a row-major array and the elements that a layout picks from another array. */
public final class StridedCopy {
  /** Rows up to this length are copied element by element. */
  private static final int SHORT_ROW = 32;

  private StridedCopy() {}

  /** {@code target[targetOffset + i - from] = source element i} for from &lt;= i &lt; to. */
  public static void gather(
      SelectionKernels kernels,
      Object source,
      Layout layout,
      int from,
      int to,
      Object target,
      int targetOffset) {
    if (layout.shape().rank() == 2 && layout.stride(0) == 0 && layout.stride(1) == 1 && from < to) {
      sameRow(source, layout, from, to, target, targetOffset);
      return;
    }
    if (layout.shape().rank() == 2 && layout.shape().dim(1) <= SHORT_ROW && from < to) {
      if (source instanceof float[] floats) {
        shortRows(kernels, floats, layout, from, to, (float[]) target, targetOffset);
        return;
      }
      if (source instanceof int[] ints) {
        shortRows(kernels, ints, layout, from, to, (int[]) target, targetOffset);
        return;
      }
    }
    walk(source, layout, from, to, target, targetOffset - from, false);
  }

  /** One row again and again: what has been copied is copied behind itself. */
  private static void sameRow(
      Object source, Layout layout, int from, int to, Object target, int targetOffset) {
    int inner = layout.shape().dim(1);
    int column = from % inner;
    int count = to - from;
    int first = Math.min(count, inner - column);
    System.arraycopy(source, layout.offset() + column, target, targetOffset, first);
    int second = Math.min(count - first, column);
    System.arraycopy(source, layout.offset(), target, targetOffset + first, second);
    int done = first + second;
    while (done < count) {
      int more = Math.min(done, count - done);
      System.arraycopy(target, targetOffset, target, targetOffset + done, more);
      done += more;
    }
  }

  private static void shortRows(
      SelectionKernels kernels,
      float[] source,
      Layout layout,
      int from,
      int to,
      float[] target,
      int targetOffset) {
    int inner = layout.shape().dim(1);
    int step = layout.stride(1);
    int i = targetOffset;
    int end = targetOffset + to - from;
    int column = i < end ? from % inner : 0;
    int row = i < end ? layout.offset() + from / inner * layout.stride(0) : 0;
    while (i < end) {
      int rowEnd = Math.min(end, i + inner - column);
      if (step == 0 && column == 0 && end - i >= inner) {
        int rows = (end - i) / inner;
        kernels.repeat(source, row, layout.stride(0), target, i, rows, inner);
        row += rows * layout.stride(0);
        i += rows * inner;
        continue;
      }
      for (int at = row + column * step; i < rowEnd; i++, at += step) {
        target[i] = source[at];
      }
      column = 0;
      row += layout.stride(0);
    }
  }

  private static void shortRows(
      SelectionKernels kernels,
      int[] source,
      Layout layout,
      int from,
      int to,
      int[] target,
      int targetOffset) {
    int inner = layout.shape().dim(1);
    int step = layout.stride(1);
    int i = targetOffset;
    int end = targetOffset + to - from;
    int column = i < end ? from % inner : 0;
    int row = i < end ? layout.offset() + from / inner * layout.stride(0) : 0;
    while (i < end) {
      int rowEnd = Math.min(end, i + inner - column);
      if (step == 0 && column == 0 && end - i >= inner) {
        int rows = (end - i) / inner;
        kernels.repeat(source, row, layout.stride(0), target, i, rows, inner);
        row += rows * layout.stride(0);
        i += rows * inner;
        continue;
      }
      for (int at = row + column * step; i < rowEnd; i++, at += step) {
        target[i] = source[at];
      }
      column = 0;
      row += layout.stride(0);
    }
  }

  /** Writes all of a row-major source to where the layout says. */
  public static void scatter(Object source, Object target, Layout layout) {
    walk(target, layout, 0, (int) layout.shape().size(), source, 0, true);
  }

  /**
   * Visits runs along the last axis. {@code flat} is the row-major side, indexed by element number
   * plus {@code flatOffset}; {@code strided} is the side that the layout describes.
   */
  private static void walk(
      Object strided,
      Layout layout,
      int from,
      int to,
      Object flat,
      int flatOffset,
      boolean toStrided) {
    Shape shape = layout.shape();
    int rank = shape.rank();
    if (from >= to) {
      return;
    }
    int inner = rank == 0 ? 1 : shape.dim(rank - 1);
    int innerStride = rank == 0 ? 1 : layout.stride(rank - 1);
    int element = from;
    while (element < to) {
      int column = element % inner;
      int row = element / inner;
      int position = layout.offset() + column * innerStride;
      for (int axis = rank - 2; axis >= 0; axis--) {
        int dim = shape.dim(axis);
        position += row % dim * layout.stride(axis);
        row /= dim;
      }
      int count = Math.min(inner - column, to - element);
      if (toStrided) {
        run(flat, element + flatOffset, 1, strided, position, innerStride, count);
      } else {
        run(strided, position, innerStride, flat, element + flatOffset, 1, count);
      }
      element += count;
    }
  }

  private static void run(
      Object source, int from, int sourceStep, Object target, int to, int targetStep, int count) {
    if (sourceStep == 1 && targetStep == 1) {
      System.arraycopy(source, from, target, to, count);
      return;
    }
    switch (source) {
      case float[] a -> {
        float[] b = (float[]) target;
        if (sourceStep == 0 && targetStep == 1) {
          java.util.Arrays.fill(b, to, to + count, a[from]);
        } else {
          for (int i = 0; i < count; i++) {
            b[to + i * targetStep] = a[from + i * sourceStep];
          }
        }
      }
      case double[] a -> {
        double[] b = (double[]) target;
        for (int i = 0; i < count; i++) {
          b[to + i * targetStep] = a[from + i * sourceStep];
        }
      }
      case int[] a -> {
        int[] b = (int[]) target;
        for (int i = 0; i < count; i++) {
          b[to + i * targetStep] = a[from + i * sourceStep];
        }
      }
      case byte[] a -> {
        byte[] b = (byte[]) target;
        for (int i = 0; i < count; i++) {
          b[to + i * targetStep] = a[from + i * sourceStep];
        }
      }
      default -> throw new IllegalArgumentException("not a tensor's array: " + source.getClass());
    }
  }
}
