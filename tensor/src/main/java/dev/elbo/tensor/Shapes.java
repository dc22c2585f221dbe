package dev.elbo.tensor;

import dev.elbo.tensor.internal.primitive.BroadcastTo;
import dev.elbo.tensor.internal.primitive.Concat;
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
    Shape source = x.shape();
    int unknown = -1;
    long known = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == -1) {
        if (unknown >= 0) {
          throw new IllegalArgumentException(
              "reshape: only one axis may be -1, received " + Arrays.toString(dims));
        }
        unknown = axis;
      } else {
        known *= dims[axis];
      }
    }
    int[] target = dims.clone();
    if (unknown >= 0 && known > 0 && source.size() % known == 0) {
      target[unknown] = (int) (source.size() / known);
    }
    Shape shape = unknown >= 0 && target[unknown] < 0 ? null : Shape.of(target);
    if (shape == null || shape.size() != source.size()) {
      throw new IllegalArgumentException(
          "reshape: shape "
              + source
              + " has "
              + source.size()
              + " elements and cannot become "
              + Arrays.toString(dims));
    }
    return shape.equals(source) ? x : Tensor.apply(new Reshape(shape), x);
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
              + Arrays.toString(permutation));
    }
    return identity ? x : Tensor.apply(new Transpose(Arrays.stream(resolved).boxed().toList()), x);
  }

  static Tensor broadcastTo(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    boolean possible = x.shape().rank() <= target.rank() && target.isKnown();
    int added = target.rank() - x.shape().rank();
    for (int axis = 0; possible && axis < x.shape().rank(); axis++) {
      int dim = x.shape().dim(axis);
      possible = dim == 1 || dim == target.dim(axis + added);
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "broadcastTo: shape "
              + x.shape()
              + " cannot become "
              + target
              + ": each axis, from the end, must be equal or 1");
    }
    return Tensor.apply(new BroadcastTo(target), x);
  }

  static Tensor squeeze(Tensor x, int[] axes) {
    Shape shape = x.shape();
    boolean[] dropped = new boolean[shape.rank()];
    for (int axis : axes) {
      int resolved = Operations.axis("squeeze", shape, axis);
      if (shape.dim(resolved) != 1) {
        throw new IllegalArgumentException(
            "squeeze: axis "
                + axis
                + " of shape "
                + shape
                + " has length "
                + shape.dim(resolved)
                + ", expected 1");
      }
      dropped[resolved] = true;
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
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("concat: expected at least one tensor, received none");
    }
    Shape first = tensors.getFirst().shape();
    if (first.rank() == 0) {
      throw new IllegalArgumentException(
          "concat: scalars have no axis to join along. Use Tensor.stack.");
    }
    int resolved = Operations.axis("concat", first, axis);
    DType dtype = tensors.getFirst().dtype();
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
                + shape);
      }
      dtype = dtype.promote(tensor.dtype());
    }
    DType common = dtype;
    Tensor[] parts = tensors.stream().map(tensor -> tensor.cast(common)).toArray(Tensor[]::new);
    return parts.length == 1 ? parts[0] : Tensor.apply(new Concat(resolved), parts);
  }

  static List<Tensor> split(Tensor x, int parts, int axis) {
    int length = x.shape().dim(Operations.axis("split", x.shape(), axis));
    if (parts < 1 || length % parts != 0) {
      throw new IllegalArgumentException(
          "split: axis "
              + axis
              + " of shape "
              + x.shape()
              + " cannot be cut into "
              + parts
              + " equal parts");
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
    int resolved = Operations.axis("slice", shape, axis);
    int length = shape.dim(resolved);
    int first = from < 0 ? from + length : from;
    int end = to < 0 ? to + length : to;
    if (first < 0 || end > length || first > end || step < 1) {
      throw new IllegalArgumentException(
          "slice: ["
              + from
              + ", "
              + to
              + ") with step "
              + step
              + " is out of range for axis "
              + axis
              + " of shape "
              + shape
              + ". Expected 0 <= from <= to <= "
              + length
              + " and step >= 1.");
    }
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      starts.add(i == resolved ? first : 0);
      sizes.add(i == resolved ? (end - first + step - 1) / step : shape.dim(i));
      steps.add(i == resolved ? step : 1);
    }
    return first == 0 && end == length && step == 1
        ? x
        : Tensor.apply(new Slice(starts, sizes, steps), x);
  }

  static Tensor pad(Tensor x, int[] low, int[] high, double value) {
    int rank = x.shape().rank();
    boolean valid = low.length == rank && high.length == rank;
    for (int axis = 0; valid && axis < rank; axis++) {
      valid = low[axis] >= 0 && high[axis] >= 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "pad: expected "
              + rank
              + " counts of 0 or more before and after the axes of shape "
              + x.shape()
              + ", received "
              + Arrays.toString(low)
              + " and "
              + Arrays.toString(high));
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
    Arrays.fill(flipped, axes.length == 0);
    for (int axis : axes) {
      flipped[Operations.axis("flip", shape, axis)] = true;
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
              + " repeat counts of 0 or more for shape "
              + shape
              + ", received "
              + Arrays.toString(repeats));
    }
    int[] spread = new int[2 * rank];
    int[] repeated = new int[2 * rank];
    int[] joined = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      spread[2 * axis] = 1;
      repeated[2 * axis] = repeats[axis];
      spread[2 * axis + 1] = shape.dim(axis);
      repeated[2 * axis + 1] = shape.dim(axis);
      joined[axis] = shape.dim(axis) * repeats[axis];
    }
    return x.reshape(spread).broadcastTo(Shape.of(repeated)).reshape(joined);
  }
}
