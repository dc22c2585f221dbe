package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.ArgMax;
import dev.elbo.tensor.internal.primitive.LogSumExp;
import dev.elbo.tensor.internal.primitive.Reduction;
import java.util.Arrays;

/** Reductions over any axes, in terms of primitives that reduce neighbouring axes. */
final class Reductions {
  private Reductions() {}

  /** Makes a reduction of the axes first to last. */
  interface Factory {
    Reduction of(int first, int last);
  }

  static Tensor reduce(String name, Factory factory, Tensor x, int[] requested, boolean keepDims) {
    int[] axes = axes(name, x.shape(), requested);
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

  static Tensor mean(Tensor x, int[] requested, boolean keepDims) {
    Tensor sum = x.sum(requested, keepDims);
    long count = 1;
    for (int axis : axes("mean", x.shape(), requested)) {
      count *= x.shape().dim(axis);
    }
    return sum.divide((double) count);
  }

  static Tensor extreme(String name, Factory factory, Tensor x, int[] requested, boolean keepDims) {
    Tensor numeric = Operations.numeric(name, x);
    for (int axis : axes(name, x.shape(), requested)) {
      if (x.shape().dim(axis) == 0) {
        throw new IllegalArgumentException(
            name
                + ": axis "
                + axis
                + " of shape "
                + x.shape()
                + " is empty, and nothing has no "
                + name
                + ". Check that the data is not empty.");
      }
    }
    return reduce(name, factory, numeric, requested, keepDims);
  }

  static Tensor argmax(Tensor x, int axis) {
    Shape shape = x.shape();
    int resolved = axes("argmax", shape, new int[] {axis})[0];
    if (shape.dim(resolved) == 0) {
      throw new IllegalArgumentException(
          "argmax: axis " + axis + " of shape " + shape + " is empty");
    }
    return Tensor.apply(new ArgMax(resolved), Operations.numeric("argmax", x));
  }

  static Tensor logSumExp(Tensor x, int[] requested, boolean keepDims) {
    Shape shape = x.shape();
    int[] axes = axes("logSumExp", shape, requested);
    int rank = shape.rank();
    int[] permutation = new int[rank];
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (Arrays.binarySearch(axes, axis) < 0) {
        permutation[kept++] = axis;
      }
    }
    System.arraycopy(axes, 0, permutation, kept, axes.length);
    Tensor moved = x.transpose(permutation);
    Shape outer = moved.shape().slice(0, kept);
    long inner = moved.shape().slice(kept, rank).size();
    Tensor reduced =
        Tensor.apply(new LogSumExp(), moved.reshape(outer.concat(Shape.of((int) inner))));
    return keepDims ? reduced.reshape(kept(shape, axes)) : reduced;
  }

  /** Applies a primitive that works on the last axis along any axis. */
  static Tensor alongLast(String name, Primitive primitive, Tensor x, int axis) {
    int rank = x.shape().rank();
    int resolved = axes(name, x.shape(), new int[] {axis})[0];
    if (resolved == rank - 1) {
      return Tensor.apply(primitive, x);
    }
    int[] exchange = new int[rank];
    Arrays.setAll(exchange, i -> i == resolved ? rank - 1 : i == rank - 1 ? resolved : i);
    return Tensor.apply(primitive, x.transpose(exchange)).transpose(exchange);
  }

  /** The axes asked for, from 0, ascending; all when none is named. */
  private static int[] axes(String name, Shape shape, int[] requested) {
    if (requested.length == 0) {
      int[] all = new int[shape.rank()];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] axes = new int[requested.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Operations.axis(name, shape, requested[i]);
    }
    Arrays.sort(axes);
    for (int i = 1; i < axes.length; i++) {
      if (axes[i] == axes[i - 1]) {
        throw new IllegalArgumentException(
            name + ": axis " + axes[i] + " of shape " + shape + " is named twice");
      }
    }
    return axes;
  }

  private static Shape kept(Shape shape, int[] axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return kept;
  }
}
