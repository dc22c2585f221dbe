package dev.elbo.tensor;

import dev.elbo.tensor.internal.primitive.BroadcastTo;
import dev.elbo.tensor.internal.primitive.Concat;
import dev.elbo.tensor.internal.primitive.Gather;
import dev.elbo.tensor.internal.primitive.Pad;
import dev.elbo.tensor.internal.primitive.Reshape;
import dev.elbo.tensor.internal.primitive.Slice;
import dev.elbo.tensor.internal.primitive.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that rearrange elements: validation, and translation to primitives. */
final class Shapes {
  private Shapes() {}

  static Tensor reshape(Tensor x, int[] dims) {
    Shape shape = reshaped(x.shape(), dims);
    return shape.equals(x.shape()) ? x : Tensor.apply(new Reshape(shape), x);
  }

  /** The shape that some axis lengths make of another, one of which may be -1. */
  private static Shape reshaped(Shape source, int[] dims) {
    int unknown = -1;
    long known = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] < -1) {
        throw new IllegalArgumentException(
            "reshape: axis lengths must be 0 or more, or -1 for one to be worked out, received "
                + Shape.tuple(dims)
                + ". Change the negative one.");
      }
      if (dims[axis] >= 0) {
        // Kept below 2^31, beyond any tensor, so that the next factor cannot make it wrap around.
        known = Math.min(known * dims[axis], 1L << 31);
      } else if (unknown < 0) {
        unknown = axis;
      } else {
        throw new IllegalArgumentException(
            "reshape: only one axis may be -1, received "
                + Shape.tuple(dims)
                + ". Give the others their lengths.");
      }
    }
    long size = source.size();
    if (unknown < 0) {
      if (known != size) {
        throw cannotBecome(
            source,
            dims,
            ", which has "
                + (known == 1L << 31 ? "more" : known)
                + ". Change a length, or let one be worked out by giving -1.");
      }
      return Shape.of(dims);
    }
    if (known == 0) {
      throw new IllegalArgumentException(
          "reshape: the axis that is -1 in "
              + Shape.tuple(dims)
              + " could have any length, since another one is 0. Give it its length.");
    }
    if (size % known != 0) {
      throw cannotBecome(
          source, dims, ": " + known + " does not divide " + size + ". Change a length.");
    }
    int[] target = dims.clone();
    target[unknown] = (int) (size / known);
    return Shape.of(target);
  }

  private static IllegalArgumentException cannotBecome(Shape source, int[] dims, String why) {
    return new IllegalArgumentException(
        "reshape: shape "
            + source
            + " has "
            + source.size()
            + " elements and cannot become "
            + Shape.tuple(dims)
            + why);
  }

  static Tensor transpose(Tensor x, int[] permutation) {
    int rank = x.shape().rank();
    boolean[] seen = new boolean[rank];
    boolean valid = permutation.length == rank;
    boolean identity = true;
    int[] resolved = new int[permutation.length];
    for (int i = 0; valid && i < rank; i++) {
      resolved[i] = permutation[i] < 0 ? permutation[i] + rank : permutation[i];
      valid = resolved[i] >= 0 && resolved[i] < rank && !seen[resolved[i]];
      if (valid) {
        seen[resolved[i]] = true;
        identity &= resolved[i] == i;
      }
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "transpose: expected a permutation of the "
              + rank
              + " axes of shape "
              + x.shape()
              + ", received "
              + Shape.tuple(permutation)
              + ". Name each axis once.");
    }
    return identity ? x : Tensor.apply(new Transpose(Arrays.stream(resolved).boxed().toList()), x);
  }

  static Tensor broadcastTo(Tensor x, Shape target) {
    Shape shape = x.shape();
    if (shape.equals(target)) {
      return x;
    }
    Checks.known("broadcastTo", target);
    if (shape.rank() > target.rank()) {
      throw new IllegalArgumentException(
          "broadcastTo: shape "
              + shape
              + " cannot become "
              + target
              + ", which has fewer axes. Reduce or squeeze the first ones instead.");
    }
    for (int axis = -1; axis >= -shape.rank(); axis--) {
      if (shape.dim(axis) != 1 && shape.dim(axis) != target.dim(axis)) {
        throw new IllegalArgumentException(
            "broadcastTo: shape "
                + shape
                + " cannot become "
                + target
                + ": axis "
                + axis
                + " is "
                + shape.dim(axis)
                + " against "
                + target.dim(axis)
                + ". Only axes of length 1 are repeated.");
      }
    }
    return Tensor.apply(new BroadcastTo(target), x);
  }

  static Tensor expandDims(String name, Tensor x, int position) {
    return x.reshape(x.shape().insert(Checks.position(name, x.shape(), position), 1));
  }

  static Tensor squeeze(Tensor x, int[] axes) {
    Shape shape = x.shape();
    boolean[] dropped = new boolean[shape.rank()];
    for (int axis : Checks.axes("squeeze", shape, axes)) {
      if (shape.dim(axis) != 1) {
        throw new IllegalArgumentException(
            "squeeze: axis "
                + axis
                + " of shape "
                + shape
                + " has length "
                + shape.dim(axis)
                + ", expected 1. Slice or reduce it instead.");
      }
      dropped[axis] = true;
    }
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (axes.length == 0 ? shape.dim(axis) != 1 : !dropped[axis]) {
        kept.add(shape.dim(axis));
      }
    }
    return x.reshape(kept.stream().mapToInt(Integer::intValue).toArray());
  }

  static Tensor concat(List<Tensor> tensors, int axis) {
    Shape first = first("concat", tensors);
    if (first.rank() == 0) {
      throw new IllegalArgumentException(
          "concat: scalars have no axis to join along. Use Tensor.stack.");
    }
    int resolved = Checks.axis("concat", first, axis);
    long total = 0;
    for (Tensor tensor : tensors) {
      Shape shape = tensor.shape();
      if (shape.rank() != first.rank()
          || !shape.with(resolved, 0).equals(first.with(resolved, 0))) {
        throw new IllegalArgumentException(
            "concat: expected shapes that agree except along axis "
                + axis
                + ", received "
                + first
                + " and "
                + shape
                + ". Reshape, slice or pad one of them.");
      }
      total += shape.dim(resolved);
    }
    Checks.axisLength("concat", total);
    return joined(tensors, resolved);
  }

  static Tensor stack(List<Tensor> tensors, int position) {
    Shape first = first("stack", tensors);
    int axis = Checks.position("stack", first, position);
    for (Tensor tensor : tensors) {
      if (!tensor.shape().equals(first)) {
        throw new IllegalArgumentException(
            "stack: expected tensors of one shape, received "
                + first
                + " and "
                + tensor.shape()
                + ". Reshape, slice or pad one of them.");
      }
    }
    Checks.fitting("stack", first.insert(axis, tensors.size()));
    return joined(tensors.stream().map(tensor -> tensor.expandDims(axis)).toList(), axis);
  }

  private static Shape first(String name, List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException(
          name
              + ": expected at least one tensor, received none. Check that the list is not empty.");
    }
    return tensors.getFirst().shape();
  }

  private static Tensor joined(List<Tensor> tensors, int axis) {
    DType common = tensors.getFirst().dtype();
    for (Tensor tensor : tensors) {
      common = common.promote(tensor.dtype());
    }
    DType dtype = common;
    Tensor[] parts = tensors.stream().map(tensor -> tensor.cast(dtype)).toArray(Tensor[]::new);
    return parts.length == 1 ? parts[0] : Tensor.apply(new Concat(axis), parts);
  }

  static List<Tensor> split(Tensor x, int parts, int axis) {
    int length = x.shape().dim(Checks.axis("split", x.shape(), axis));
    if (parts < 1 || length % parts != 0) {
      throw new IllegalArgumentException(
          "split: axis "
              + axis
              + " of shape "
              + x.shape()
              + " cannot be cut into "
              + parts
              + " equal parts. Use a divisor of "
              + length
              + ", or slice.");
    }
    int size = length / parts;
    List<Tensor> pieces = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      pieces.add(x.slice(axis, part * size, (part + 1) * size));
    }
    return pieces;
  }

  static Tensor slice(Tensor x, int axis, int from, int to, int step) {
    Shape shape = x.shape();
    int resolved = Checks.axis("slice", shape, axis);
    if (step < 1) {
      throw new IllegalArgumentException(
          "slice: expected a step of 1 or more, received "
              + step
              + ". Use flip to reverse an axis.");
    }
    int length = shape.dim(resolved);
    int first = from < 0 ? from + length : from;
    int end = to < 0 ? to + length : to;
    if (first < 0 || end > length || first > end) {
      throw new IllegalArgumentException(
          "slice: ["
              + from
              + ", "
              + to
              + ") is out of range for axis "
              + axis
              + " of shape "
              + shape
              + ". Expected 0 <= from <= to <= "
              + length
              + "; negative positions count from the end.");
    }
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      starts.add(i == resolved ? first : 0);
      sizes.add(i == resolved ? Math.ceilDiv(end - first, step) : shape.dim(i));
      steps.add(i == resolved ? step : 1);
    }
    return first == 0 && end == length && step == 1
        ? x
        : Tensor.apply(new Slice(starts, sizes, steps), x);
  }

  static Tensor gather(Tensor x, Tensor indices, int axis) {
    int resolved = Checks.axis("gather", x.shape(), axis);
    return Tensor.apply(new Gather(resolved), x, Checks.indices("gather", indices));
  }

  static Tensor pad(Tensor x, int[] low, int[] high, double value) {
    Shape shape = x.shape();
    int rank = shape.rank();
    boolean valid = low.length == rank && high.length == rank;
    for (int axis = 0; valid && axis < rank; axis++) {
      valid = low[axis] >= 0 && high[axis] >= 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "pad: expected "
              + rank
              + " counts of 0 or more before and after the axes of shape "
              + shape
              + ", received "
              + Shape.tuple(low)
              + " and "
              + Shape.tuple(high)
              + ". Give each axis one; slice takes elements away.");
    }
    for (int axis = 0; axis < rank; axis++) {
      Checks.axisLength("pad", (long) low[axis] + shape.dim(axis) + high[axis]);
    }
    return Tensor.apply(
        new Pad(
            Arrays.stream(low).boxed().toList(),
            Arrays.stream(high).boxed().toList(),
            Arrays.stream(low).mapToObj(axis -> 0).toList(),
            value),
        x);
  }

  static Tensor flip(Tensor x, int[] axes) {
    Shape shape = x.shape();
    boolean[] flipped = new boolean[shape.rank()];
    for (int axis : Checks.axesOrAll("flip", shape, axes)) {
      flipped[axis] = true;
    }
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      starts.add(flipped[axis] ? Math.max(0, shape.dim(axis) - 1) : 0);
      sizes.add(shape.dim(axis));
      steps.add(flipped[axis] ? -1 : 1);
    }
    return Tensor.apply(new Slice(starts, sizes, steps), x);
  }

  static Tensor tile(Tensor x, int[] repeats) {
    Shape shape = x.shape();
    int rank = shape.rank();
    if (repeats.length != rank || Arrays.stream(repeats).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "tile: expected "
              + rank
              + " repeat counts of 0 or more, one for each axis of shape "
              + shape
              + ", received "
              + Shape.tuple(repeats)
              + ". Give 1 where nothing repeats.");
    }
    int[] spread = new int[2 * rank];
    int[] repeated = new int[2 * rank];
    int[] joined = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      spread[2 * axis] = 1;
      repeated[2 * axis] = repeats[axis];
      spread[2 * axis + 1] = shape.dim(axis);
      repeated[2 * axis + 1] = shape.dim(axis);
      joined[axis] = Checks.axisLength("tile", (long) shape.dim(axis) * repeats[axis]);
    }
    Checks.fitting("tile", Shape.of(joined));
    return x.reshape(spread).broadcastTo(Shape.of(repeated)).reshape(joined);
  }
}
