package dev.elbo.nn.losses;

import java.util.List;

/** What the losses of overlapping masks share. */
final class Overlap {
  static final String REMEDY = "For class indices use Tensor.oneHot(labels, classes).";

  private Overlap() {}

  /** Axes to sum over; none mean all. */
  static int[] axes(List<Integer> axes) {
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }
}
