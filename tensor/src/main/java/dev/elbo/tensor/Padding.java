package dev.elbo.tensor;

/** What a window sees beyond the edge of its input: see {@link Convolution} and {@link Pooling}. */
public enum Padding {
  /**
   * The input is surrounded by {@code max((output - 1) stride + extent - input, 0)} elements that
   * do not count, half of them before it and the odd one after it, so that {@code output =
   * ceil(input / stride)}.
   */
  SAME,

  /** Windows stay inside: {@code output = floor((input - extent) / stride) + 1}. */
  VALID;

  /**
   * How often a window stands along an axis.
   *
   * @param input length of the axis, or {@link Shape#BATCH} while it is unknown
   * @param extent elements from the window's first to its last, both included: {@code (size - 1)
   *     dilation + 1}
   * @param stride elements from one place of the window to the next
   * @return the length of the output's axis, 0 if the window does not fit; {@link Shape#BATCH}
   *     while the input's is unknown
   */
  int outputLength(int input, int extent, int stride) {
    if (input == Shape.BATCH) {
      return Shape.BATCH;
    }
    return this == SAME
        ? Math.ceilDiv(input, stride)
        : Math.max(0, Math.floorDiv(input - extent, stride) + 1);
  }
}
