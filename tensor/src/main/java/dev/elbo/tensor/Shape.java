package dev.elbo.tensor;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The lengths of a tensor's axes, outermost first. Immutable. Layers use {@link #BATCH} for an axis
 * whose length is not known yet; tensors never have one.
 */
public final class Shape {
  /** Marks an axis whose length is known only when data arrives (Keras's {@code None}). */
  public static final int BATCH = -1;

  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * A shape with the given axis lengths; no arguments make a scalar's shape.
   *
   * @throws IllegalArgumentException if a length is negative and not {@link #BATCH}
   */
  public static Shape of(int... dims) {
    for (int dim : dims) {
      if (dim < BATCH) {
        throw new IllegalArgumentException(
            "Shape.of: axis lengths must be 0 or more, received "
                + tuple(dims)
                + ". An axis whose length is not known yet is Shape.BATCH.");
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The shape of a single number, {@code ()}. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /**
   * Length of an axis; negative axes count from the end.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** The axis lengths, as a new array. */
  public int[] dims() {
    return dims.clone();
  }

  /**
   * Turns an axis that may count from the end into one from 0.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + dims.length : axis;
    if (resolved < 0 || resolved >= dims.length) {
      String remedy =
          dims.length == 0
              ? ", which has no axes. Add one first."
              : ". Use " + -dims.length + " to " + (dims.length - 1) + ".";
      throw new IndexOutOfBoundsException(
          "axis " + axis + " is out of range for shape " + this + remedy);
    }
    return resolved;
  }

  /**
   * Number of elements: the product of the lengths, 1 for a scalar.
   *
   * @throws IllegalStateException if an axis is {@link #BATCH}
   * @throws ArithmeticException if there are 2^63 or more
   */
  public long size() {
    if (!isKnown()) {
      throw new IllegalStateException(
          "shape "
              + this
              + " has no size, since an axis is unknown. Give that axis a length with with(axis,"
              + " length).");
    }
    long size = 1;
    for (int dim : dims) {
      if (dim == 0) {
        return 0;
      }
    }
    try {
      for (int dim : dims) {
        size = Math.multiplyExact(size, dim);
      }
    } catch (ArithmeticException e) {
      throw new ArithmeticException(
          "shape " + this + " has 2^63 elements or more. Check its axis lengths.");
    }
    return size;
  }

  /** True if no axis is {@link #BATCH}. */
  public boolean isKnown() {
    for (int dim : dims) {
      if (dim == BATCH) {
        return false;
      }
    }
    return true;
  }

  /**
   * This shape with one axis length replaced; negative axes count from the end.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public Shape with(int axis, int dim) {
    int[] copy = dims.clone();
    copy[axis(axis)] = dim;
    return of(copy);
  }

  /**
   * This shape with a new axis before position {@code axis}, 0 to rank.
   *
   * @throws IndexOutOfBoundsException if there is no such position
   */
  public Shape insert(int axis, int dim) {
    if (axis < 0 || axis > dims.length) {
      throw new IndexOutOfBoundsException(
          "Shape.insert: position "
              + axis
              + " is out of range for shape "
              + this
              + ". Use 0 to "
              + dims.length
              + ".");
    }
    int[] copy = new int[dims.length + 1];
    System.arraycopy(dims, 0, copy, 0, axis);
    copy[axis] = dim;
    System.arraycopy(dims, axis, copy, axis + 1, dims.length - axis);
    return of(copy);
  }

  /**
   * This shape without one axis; negative axes count from the end.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public Shape remove(int axis) {
    int at = axis(axis);
    int[] copy = new int[dims.length - 1];
    System.arraycopy(dims, 0, copy, 0, at);
    System.arraycopy(dims, at + 1, copy, at, dims.length - at - 1);
    return of(copy);
  }

  /**
   * The axes {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= rank}
   */
  public Shape slice(int from, int to) {
    if (from < 0 || from > to || to > dims.length) {
      throw new IndexOutOfBoundsException(
          "Shape.slice: axes "
              + from
              + " (inclusive) to "
              + to
              + " (exclusive) are out of range for shape "
              + this
              + ". Use 0 <= from <= to <= "
              + dims.length
              + ".");
    }
    return of(Arrays.copyOfRange(dims, from, to));
  }

  /** This shape followed by another. */
  public Shape concat(Shape other) {
    int[] joined = Arrays.copyOf(dims, dims.length + other.dims.length);
    System.arraycopy(other.dims, 0, joined, dims.length, other.dims.length);
    return of(joined);
  }

  /** Row-major strides in elements. */
  public int[] strides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  /**
   * The shape that two operands have together under NumPy's broadcasting rules.
   *
   * @throws IllegalArgumentException if an axis differs and neither length is 1
   */
  public Shape broadcast(Shape other) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(rank(), other.rank());
    int[] joined = new int[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      int a = fromEnd <= rank() ? dims[rank() - fromEnd] : 1;
      int b = fromEnd <= other.rank() ? other.dims[other.rank() - fromEnd] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            "shapes "
                + this
                + " and "
                + other
                + " do not broadcast: axis "
                + -fromEnd
                + " is "
                + a
                + " against "
                + b
                + ". Make the lengths equal, or one of them 1.");
      }
      joined[rank - fromEnd] = a == 1 ? b : a;
    }
    return of(joined);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** A tuple as Python prints it: {@code ()}, {@code (5,)}, {@code (None, 28, 28)}. */
  @Override
  public String toString() {
    return tuple(dims, dim -> dim == BATCH ? "None" : Integer.toString(dim));
  }

  /** Numbers as Python prints a tuple of them, for errors. */
  static String tuple(int... numbers) {
    return tuple(numbers, Integer::toString);
  }

  private static String tuple(int[] numbers, IntFunction<String> text) {
    String joined = Arrays.stream(numbers).mapToObj(text).collect(Collectors.joining(", "));
    return "(" + joined + (numbers.length == 1 ? ",)" : ")");
  }
}
