package dev.elbo.nn.losses;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** Losses over another axis than the last. */
final class LossAxis {
  static final int LAST = -1;

  private LossAxis() {}

  /** The tensor with an axis moved to the end. */
  static Tensor last(String owner, Tensor x, int axis) {
    int rank = x.shape().rank();
    int from = index(owner, x.shape(), axis);
    if (from == rank - 1) {
      return x;
    }
    int[] order = new int[rank];
    for (int i = 0, next = 0; i < rank; i++) {
      if (i != from) {
        order[next++] = i;
      }
    }
    order[rank - 1] = from;
    return x.transpose(order);
  }

  /** Labels and predictions with an axis moved to the end. */
  static Targets.Pair last(String owner, Targets.Pair pair, int axis) {
    return new Targets.Pair(
        last(owner, pair.labels(), axis), last(owner, pair.predictions(), axis));
  }

  /** Whether an axis is the last one of a shape. */
  static boolean isLast(String owner, Shape shape, int axis) {
    return index(owner, shape, axis) == shape.rank() - 1;
  }

  private static int index(String owner, Shape shape, int axis) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          owner
              + ": expected an axis from "
              + -rank
              + " to "
              + (rank - 1)
              + " for predictions of shape "
              + shape
              + ", received "
              + axis
              + ". -1 is the last axis.");
    }
    return axis < 0 ? axis + rank : axis;
  }
}
