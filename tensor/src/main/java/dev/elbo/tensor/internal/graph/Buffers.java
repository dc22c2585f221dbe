package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;

/** Flat arrays by element type: float[], double[], int[], and byte[] for bool and uint8. */
public final class Buffers {
  private Buffers() {}

  /** The most elements of a tensor: a little less than an array can have on any machine. */
  public static final int MAX_ELEMENTS = Integer.MAX_VALUE - 16;

  /**
   * Refuses a shape of more elements than an array holds.
   *
   * @param operation what would have this shape, for the error
   */
  public static void requireFits(String operation, Shape shape) {
    long size = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      // Kept below 2^31, so that the next factor cannot make it wrap around.
      size = Math.min(size * shape.dim(axis), 1L << 31);
    }
    if (size > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          operation
              + ": the result's shape "
              + shape
              + " has more than "
              + MAX_ELEMENTS
              + " elements, the most that an array holds. Work on smaller pieces.");
    }
  }

  /** A new array of zeros. */
  public static Object allocate(DType dtype, long size) {
    if (size > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "a tensor of "
              + size
              + " elements is too large: an array holds at most "
              + MAX_ELEMENTS
              + ". Use smaller batches.");
    }
    int length = (int) size;
    return switch (dtype) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT32 -> new int[length];
      case BOOL, UINT8 -> new byte[length];
    };
  }

  public static int length(Object array) {
    return switch (array) {
      case float[] floats -> floats.length;
      case double[] doubles -> doubles.length;
      case int[] ints -> ints.length;
      case byte[] bytes -> bytes.length;
      default -> throw new IllegalArgumentException("not a tensor's array: " + array.getClass());
    };
  }

  public static Object copy(Object array) {
    return switch (array) {
      case float[] floats -> floats.clone();
      case double[] doubles -> doubles.clone();
      case int[] ints -> ints.clone();
      case byte[] bytes -> bytes.clone();
      default -> throw new IllegalArgumentException("not a tensor's array: " + array.getClass());
    };
  }

  /** Element {@code index} as a double; bool as 0 or 1, uint8 as 0 to 255. */
  public static double get(Object array, DType dtype, int index) {
    return switch (array) {
      case float[] floats -> floats[index];
      case double[] doubles -> doubles[index];
      case int[] ints -> ints[index];
      case byte[] bytes -> dtype == DType.UINT8 ? bytes[index] & 0xff : bytes[index];
      default -> throw new IllegalArgumentException("not a tensor's array: " + array.getClass());
    };
  }

  /** Sets elements {@code from} to {@code to} to one value. */
  public static void fill(Object array, int from, int to, double value) {
    switch (array) {
      case float[] floats -> java.util.Arrays.fill(floats, from, to, (float) value);
      case double[] doubles -> java.util.Arrays.fill(doubles, from, to, value);
      case int[] ints -> java.util.Arrays.fill(ints, from, to, (int) value);
      case byte[] bytes -> java.util.Arrays.fill(bytes, from, to, (byte) (int) value);
      default -> throw new IllegalArgumentException("not a tensor's array: " + array.getClass());
    }
  }

  /** A new array of the shape's size filled with one value. */
  public static Object filled(DType dtype, Shape shape, double value) {
    Object array = allocate(dtype, shape.size());
    if (value != 0 || 1 / value < 0) {
      fill(array, 0, length(array), value);
    }
    return array;
  }
}
