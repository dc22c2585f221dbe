package dev.elbo.nn.constraints;

import dev.elbo.tensor.Tensor;
import java.util.List;

/** Euclidean norms along axes, and what is asked of the numbers that bound them. */
final class Norms {
  /** Keras's {@code epsilon()}. */
  private static final double EPSILON = 1e-7;

  /** The axes unless set: those of a dense kernel's inputs. */
  static final List<Integer> FIRST_AXIS = List.of(0);

  private Norms() {}

  /** {@code sqrt(sum over the axes of w^2)}, the axes kept with length 1. */
  static Tensor of(String owner, Tensor weights, List<Integer> axes) {
    int rank = weights.shape().rank();
    for (int axis : axes) {
      if (axis < -rank || axis >= rank) {
        throw new IllegalArgumentException(
            owner
                + ": expected weights with axis "
                + axis
                + ", received shape "
                + weights.shape()
                + ". Give the axes over which a norm is taken with axis(...).");
      }
    }
    int[] along = axes.stream().mapToInt(Integer::intValue).toArray();
    return weights.square().sum(along, true).sqrt();
  }

  /** {@code w * target / (norm + 1e-7)} */
  static Tensor scale(Tensor weights, Tensor norms, Tensor targets) {
    return weights.multiply(targets.divide(norms.add(EPSILON)));
  }

  /** Axes as a setting holds them. */
  static List<Integer> axes(String owner, List<Integer> axes) {
    if (axes.isEmpty()) {
      throw new IllegalArgumentException(
          owner
              + ": expected at least one axis, received none. 0 takes the norm of each column of a"
              + " dense kernel.");
    }
    return List.copyOf(axes);
  }

  /** The axes of a file, or the first. */
  static List<Integer> orFirst(List<Integer> axes) {
    return axes.isEmpty() ? FIRST_AXIS : axes;
  }

  static void requireNonNegative(String owner, String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          owner
              + ": expected "
              + name
              + " to be a finite number of 0 or more, received "
              + value
              + ". It bounds a norm.");
    }
  }
}
