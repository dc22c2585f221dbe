package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import java.util.Arrays;

/** How the elements of a shape lie in an array: element (i, j, ...) at offset + i s0 + j s1 ... */
public final class Layout {
  private final Shape shape;
  private final int offset;
  private final int[] strides;
  private final boolean contiguous;

  public Layout(Shape shape, int offset, int[] strides) {
    this.shape = shape;
    this.offset = offset;
    this.strides = strides.clone();
    this.contiguous = isRowMajor();
  }

  /** Row-major from index 0. */
  public static Layout contiguous(Shape shape) {
    return new Layout(shape, 0, shape.strides());
  }

  public Shape shape() {
    return shape;
  }

  public int offset() {
    return offset;
  }

  public int stride(int axis) {
    return strides[axis];
  }

  public int[] strides() {
    return strides.clone();
  }

  /** True if the elements lie in row-major order from index 0. Axes of length 1 do not matter. */
  public boolean isContiguous() {
    return contiguous;
  }

  private boolean isRowMajor() {
    if (offset != 0) {
      return false;
    }
    int[] expected = shape.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.dim(axis) != 1 && strides[axis] != expected[axis]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same elements in the same order over as few axes as possible: neighbouring axes that one
   * step goes through become one.
   */
  public Layout collapsed() {
    if (shape.size() == 0) {
      // The product of its other axes may be more than an axis holds.
      return this;
    }
    int[] dims = new int[strides.length];
    int[] steps = new int[strides.length];
    int rank = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      int dim = shape.dim(axis);
      if (dim == 1) {
        continue;
      }
      if (rank > 0 && steps[rank - 1] == dim * strides[axis]) {
        dims[rank - 1] *= dim;
        steps[rank - 1] = strides[axis];
      } else {
        dims[rank] = dim;
        steps[rank] = strides[axis];
        rank++;
      }
    }
    return rank == strides.length
        ? this
        : new Layout(Shape.of(Arrays.copyOf(dims, rank)), offset, Arrays.copyOf(steps, rank));
  }

  /** True if every element is the one at {@code offset}. */
  public boolean isUniform() {
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.dim(axis) != 1 && strides[axis] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout layout
        && shape.equals(layout.shape)
        && offset == layout.offset
        && Arrays.equals(strides, layout.strides);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + 7 * offset + Arrays.hashCode(strides);
  }

  @Override
  public String toString() {
    return shape + "@" + offset + Arrays.toString(strides);
  }
}
