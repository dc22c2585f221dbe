package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Buffers;
import java.util.Arrays;

/** Preconditions that several operations share. */
final class Checks {
  private Checks() {}

  /** An axis from 0; it may be given from the end. */
  static int axis(String operation, Shape shape, int axis) {
    try {
      return shape.axis(axis);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
    }
  }

  /** The axes asked for, from 0, ascending. */
  static int[] axes(String operation, Shape shape, int[] requested) {
    int[] axes = new int[requested.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axis(operation, shape, requested[i]);
    }
    Arrays.sort(axes);
    for (int i = 1; i < axes.length; i++) {
      if (axes[i] == axes[i - 1]) {
        throw new IllegalArgumentException(
            operation
                + ": axis "
                + axes[i]
                + " of shape "
                + shape
                + " is named twice, in "
                + Shape.tuple(requested)
                + ". Name each axis once.");
      }
    }
    return axes;
  }

  /** The axes asked for, from 0, ascending; all when none is named. */
  static int[] axesOrAll(String operation, Shape shape, int[] requested) {
    int[] axes = axes(operation, shape, requested);
    if (axes.length == 0) {
      axes = new int[shape.rank()];
      Arrays.setAll(axes, i -> i);
    }
    return axes;
  }

  /** A place between the axes, from 0 to the rank; -1 is behind all of them. */
  static int position(String operation, Shape shape, int position) {
    int rank = shape.rank();
    int resolved = position < 0 ? position + rank + 1 : position;
    if (resolved < 0 || resolved > rank) {
      throw new IllegalArgumentException(
          operation
              + ": position "
              + position
              + " is out of range for shape "
              + shape
              + ". Use "
              + (-rank - 1)
              + " to "
              + rank
              + ".");
    }
    return resolved;
  }

  /** The shape that two operands have together. */
  static Shape broadcast(String operation, Shape a, Shape b) {
    Shape shape;
    try {
      shape = a.broadcast(b);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
    }
    return fitting(operation, shape);
  }

  /** The shape itself, unless no array can hold its elements. */
  static Shape fitting(String operation, Shape shape) {
    Buffers.requireFits(operation, shape);
    return shape;
  }

  /** The shape itself, unless an axis is unknown or no array can hold its elements. */
  static Shape known(String operation, Shape shape) {
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          operation
              + ": expected a shape whose axes are known, received "
              + shape
              + ". Replace None by a length.");
    }
    return fitting(operation, shape);
  }

  /** The length of an axis of a result. */
  static int axisLength(String operation, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation
              + ": an axis would be of length "
              + length
              + ", more than "
              + Integer.MAX_VALUE
              + ". Work on smaller pieces.");
    }
    return (int) length;
  }

  static void requireBool(String operation, Tensor x) {
    if (x.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          operation
              + ": expected a bool tensor, received "
              + x.dtype()
              + " of shape "
              + x.shape()
              + ". Compare it first, for example greater(0).");
    }
  }

  /** The tensor itself, unless it is not int32. */
  static Tensor indices(String operation, Tensor x) {
    if (x.dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          operation
              + ": expected int32 indices, received "
              + x.dtype()
              + " of shape "
              + x.shape()
              + ". Use cast(DType.INT32).");
    }
    return x;
  }

  /** The tensor itself, unless it is uint8, on which there is no arithmetic. */
  static Tensor arithmetic(String operation, Tensor x) {
    if (x.dtype() == DType.UINT8) {
      throw new IllegalArgumentException(
          operation
              + ": received a uint8 tensor of shape "
              + x.shape()
              + ", which is storage only. Cast it first, for example cast(DType.FLOAT32).");
    }
    return x;
  }

  /** The floating type itself. */
  static DType floating(String operation, DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          operation
              + ": expected float32 or float64, received "
              + dtype
              + ". Cast the result instead.");
    }
    return dtype;
  }
}
