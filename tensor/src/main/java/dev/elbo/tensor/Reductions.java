package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.ArgMax;
import dev.elbo.tensor.internal.primitive.LogSumExp;
import dev.elbo.tensor.internal.primitive.Reduction;
import dev.elbo.tensor.internal.primitive.Sum;
import java.util.Arrays;

/** Reductions over any axes, in terms of primitives that reduce neighbouring axes. */
final class Reductions {
  private Reductions() {}

  /** Makes a reduction of the axes first to last. */
  interface Factory {
    Reduction of(int first, int last);
  }

  static Tensor reduce(String name, Factory factory, Tensor x, int[] requested, boolean keepDims) {
    Tensor numeric = Operations.numeric(name, x);
    return over(factory, numeric, Checks.axesOrAll(name, x.shape(), requested), keepDims);
  }

  /** As {@link #reduce}, for a reduction that needs at least one element. */
  static Tensor extreme(String name, Factory factory, Tensor x, int[] requested, boolean keepDims) {
    Tensor numeric = Operations.numeric(name, x);
    int[] axes = Checks.axesOrAll(name, x.shape(), requested);
    requireElements(name, x.shape(), axes);
    return over(factory, numeric, axes, keepDims);
  }

  static Tensor mean(Tensor x, int[] requested, boolean keepDims) {
    Tensor floating = Operations.floating("mean", x);
    return mean(floating, Checks.axesOrAll("mean", x.shape(), requested), keepDims, "mean");
  }

  private static Tensor mean(Tensor x, int[] axes, boolean keepDims, String name) {
    double count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    Tensor sum = over(Sum::new, x, axes, keepDims);
    return sum.divide(Operations.number(name, count, sum));
  }

  static Tensor variance(Tensor x, int[] requested, boolean keepDims) {
    Tensor floating = Operations.floating("variance", x);
    int[] axes = Checks.axesOrAll("variance", x.shape(), requested);
    Tensor centred = floating.subtract(mean(floating, axes, true, "variance"));
    return mean(centred.square(), axes, keepDims, "variance");
  }

  static Tensor any(Tensor x, int[] requested, boolean keepDims) {
    Checks.requireBool("any", x);
    int[] axes = Checks.axesOrAll("any", x.shape(), requested);
    return over(Sum::new, x.cast(DType.INT32), axes, keepDims).greater(0);
  }

  static Tensor all(Tensor x, int[] requested, boolean keepDims) {
    Checks.requireBool("all", x);
    int[] axes = Checks.axesOrAll("all", x.shape(), requested);
    return over(Sum::new, x.not().cast(DType.INT32), axes, keepDims).equal(0);
  }

  static Tensor argmax(Tensor x, int[] requested, boolean keepDims) {
    Tensor numeric = Operations.numeric("argmax", x);
    int[] axes = Checks.axesOrAll("argmax", x.shape(), requested);
    requireElements("argmax", x.shape(), axes);
    // Neighbouring axes are one where they are; others are brought together first.
    boolean areOne = axes.length > 0 && axes[axes.length - 1] - axes[0] == axes.length - 1;
    Tensor flat = areOne ? merged(numeric, axes[0], axes.length) : flattenedLast(numeric, axes);
    int axis = areOne ? axes[0] : flat.shape().rank() - 1;
    Tensor reduced = Tensor.apply(new ArgMax(axis), flat);
    return keepDims ? reduced.reshape(kept(x.shape(), axes)) : reduced;
  }

  static Tensor logSumExp(Tensor x, int[] requested, boolean keepDims) {
    Tensor floating = Operations.floating("logSumExp", x);
    int[] axes = Checks.axesOrAll("logSumExp", x.shape(), requested);
    Tensor reduced = Tensor.apply(new LogSumExp(), flattenedLast(floating, axes));
    return keepDims ? reduced.reshape(kept(x.shape(), axes)) : reduced;
  }

  /** Applies a primitive that works on the last axis along any axis. */
  static Tensor alongLast(String name, Primitive primitive, Tensor x, int axis) {
    Tensor floating = Operations.floating(name, x);
    int rank = x.shape().rank();
    int resolved = Checks.axis(name, x.shape(), axis);
    if (resolved == rank - 1) {
      return Tensor.apply(primitive, floating);
    }
    int[] exchange = new int[rank];
    Arrays.setAll(exchange, i -> i == resolved ? rank - 1 : i == rank - 1 ? resolved : i);
    return Tensor.apply(primitive, floating.transpose(exchange)).transpose(exchange);
  }

  /** Reduces runs of neighbouring axes, the last run first. */
  private static Tensor over(Factory factory, Tensor x, int[] axes, boolean keepDims) {
    Tensor reduced = x;
    int last = axes.length - 1;
    while (last >= 0) {
      int first = last;
      while (first > 0 && axes[first - 1] == axes[first] - 1) {
        first--;
      }
      reduced = Tensor.apply(factory.of(axes[first], axes[last]), reduced);
      last = first - 1;
    }
    return keepDims ? reduced.reshape(kept(x.shape(), axes)) : reduced;
  }

  /** Some axes moved to the end, in their order, and made one. */
  private static Tensor flattenedLast(Tensor x, int[] axes) {
    int rank = x.shape().rank();
    int[] permutation = new int[rank];
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (Arrays.binarySearch(axes, axis) < 0) {
        permutation[kept++] = axis;
      }
    }
    System.arraycopy(axes, 0, permutation, kept, axes.length);
    return merged(x.transpose(permutation), kept, axes.length);
  }

  /** Some neighbouring axes made one. */
  private static Tensor merged(Tensor x, int first, int count) {
    Shape shape = x.shape();
    long length = shape.slice(first, first + count).size();
    return x.reshape(
        shape
            .slice(0, first)
            .concat(Shape.of((int) length))
            .concat(shape.slice(first + count, shape.rank())));
  }

  private static void requireElements(String name, Shape shape, int[] axes) {
    for (int axis : axes) {
      if (shape.dim(axis) == 0) {
        throw new IllegalArgumentException(
            name
                + ": axis "
                + axis
                + " of shape "
                + shape
                + " is empty, and nothing has no "
                + name
                + ". Check that the data is not empty.");
      }
    }
  }

  private static Shape kept(Shape shape, int[] axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return kept;
  }
}
