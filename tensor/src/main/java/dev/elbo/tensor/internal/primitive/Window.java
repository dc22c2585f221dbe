package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Padding;

/**
 * The places of a window along one axis: at output i its element {@code tap} sees input {@code i
 * stride + tap dilation - before}, which may lie outside.
 *
 * @param input length of the input
 * @param output how many places there are
 * @param size elements of the window
 * @param before elements of padding before the input
 */
record Window(int input, int output, int size, int stride, int dilation, int before) {
  /** The places that fit the lengths of an input and an output. */
  static Window of(int input, int output, int size, int stride, int dilation, Padding padding) {
    int extent = (size - 1) * dilation + 1;
    int missing = padding == Padding.SAME ? (output - 1) * stride + extent - input : 0;
    return new Window(input, output, size, stride, dilation, Math.max(missing, 0) / 2);
  }

  /** Which input an element of the window sees. */
  int at(int place, int tap) {
    return place * stride + tap * dilation - before;
  }

  /** The first place at which an element of the window is inside the input. */
  int firstPlace(int tap) {
    return Math.clamp(Math.ceilDiv(before - tap * dilation, stride), 0, output);
  }

  /** The place after the last at which an element is inside; never before {@link #firstPlace}. */
  int endPlace(int tap) {
    int end = Math.floorDiv(input - 1 + before - tap * dilation, stride) + 1;
    return Math.clamp(end, firstPlace(tap), output);
  }

  /** The first element inside the input at a place; for windows without dilation. */
  int firstTap(int place) {
    return Math.clamp(before - place * stride, 0, size);
  }

  /** The element after the last inside the input at a place; for windows without dilation. */
  int endTap(int place) {
    return Math.clamp(input + before - place * stride, firstTap(place), size);
  }
}
