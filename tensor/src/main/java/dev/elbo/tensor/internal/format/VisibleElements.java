package dev.elbo.tensor.internal.format;

import dev.elbo.tensor.Shape;

/**
 * Which elements are printed: all of them up to 1000; above that, the first and last three of every
 * axis longer than six.
 */
final class VisibleElements {
  /** Elements shown at each end of an elided axis. */
  static final int EDGE_ITEMS = 3;

  private static final int THRESHOLD = 1000;

  private VisibleElements() {}

  /** True if the axis is printed as its ends with "..." between them. */
  static boolean isElided(Shape shape, int axis) {
    return shape.size() > THRESHOLD && shape.dim(axis) > 2 * EDGE_ITEMS;
  }

  /** Row-major offsets of the elements that are printed, in the order of printing. */
  static int[] offsets(Shape shape) {
    int[] offsets = {0};
    for (int axis = 0; axis < shape.rank(); axis++) {
      int dim = shape.dim(axis);
      boolean elided = isElided(shape, axis);
      int shown = elided ? 2 * EDGE_ITEMS : dim;
      int[] longer = new int[Math.multiplyExact(offsets.length, shown)];
      int at = 0;
      for (int outer : offsets) {
        for (int i = 0; i < shown; i++) {
          int position = elided && i >= EDGE_ITEMS ? dim - shown + i : i;
          longer[at++] = outer * dim + position;
        }
      }
      offsets = longer;
    }
    return offsets;
  }
}
