package dev.elbo.tensor.internal.primitive;

import java.util.Arrays;

/**
 * Copies what output positions see of an input into a matrix, so that a convolution is a product of
 * matrices; zeros where a position sees padding.
 */
final class Patches {
  /** Up to this length a loop is faster than a call of arraycopy. */
  private static final int SHORT = 12;

  private final ConvolutionGeometry geometry;
  private final Window rows;
  private final Window columns;
  private final int channels;

  /** Neighbouring filter columns that see neighbouring inputs and are copied together. */
  private final int tapsInRun;

  Patches(ConvolutionGeometry geometry) {
    this.geometry = geometry;
    this.rows = geometry.rows();
    this.columns = geometry.columns();
    this.channels = geometry.channels();
    this.tapsInRun = columns.dilation() == 1 ? columns.size() : 1;
  }

  /**
   * A row for each output position: its elements are the filter's, (r, s, c) ascending.
   *
   * @param from the first output position, counted through the batch
   * @param to the position after the last
   * @param tapRowFrom the first row of the filter to look through
   * @param tapRowTo the row of the filter after the last
   * @param step elements from one row of the target to the next
   */
  void rows(
      float[] x,
      int from,
      int to,
      int tapRowFrom,
      int tapRowTo,
      float[] target,
      int offset,
      int step) {
    int rowLength = columns.size() * channels;
    int position = from;
    while (position < to) {
      int q = position % columns.output();
      int image = position / geometry.imagePositions();
      int p = position / columns.output() - image * rows.output();
      int count = Math.min(columns.output() - q, to - position);
      int at = offset + (position - from) * step;
      for (int r = tapRowFrom; r < tapRowTo; r++) {
        int h = rows.at(p, r);
        if (h < 0 || h >= rows.input()) {
          for (int i = 0; i < count; i++) {
            Arrays.fill(target, at + i * step, at + i * step + rowLength, 0f);
          }
        } else {
          int source = (image * rows.input() + h) * columns.input() * channels;
          for (int s = 0; s < columns.size(); s += tapsInRun) {
            runs(x, source, q, count, s, target, at + s * channels, step);
          }
        }
        at += rowLength;
      }
      position += count;
    }
  }

  /** One run of filter columns for neighbouring output positions of a row. */
  private void runs(
      float[] x, int source, int q, int count, int tap, float[] target, int at, int step) {
    int first = columns.firstPlace(tap);
    int end = Math.max(first, columns.endPlace(tap + tapsInRun - 1));
    int inside = Math.clamp(first - q, 0, count);
    int outside = Math.clamp(end - q, inside, count);
    int length = tapsInRun * channels;
    for (int i = 0; i < inside; i++) {
      edge(x, source, columns.at(q + i, tap), target, at + i * step);
    }
    int index = source + columns.at(q + inside, tap) * channels;
    int move = columns.stride() * channels;
    if (length > SHORT) {
      for (int i = inside; i < outside; i++) {
        System.arraycopy(x, index, target, at + i * step, length);
        index += move;
      }
    } else {
      for (int i = inside; i < outside; i++) {
        int to = at + i * step;
        for (int j = 0; j < length; j++) {
          target[to + j] = x[index + j];
        }
        index += move;
      }
    }
    for (int i = outside; i < count; i++) {
      edge(x, source, columns.at(q + i, tap), target, at + i * step);
    }
  }

  /** One run that begins at input column {@code column} and may leave the input on both sides. */
  private void edge(float[] x, int source, int column, float[] target, int at) {
    int from = Math.clamp(-column, 0, tapsInRun) * channels;
    int to = Math.clamp(columns.input() - column, from / channels, tapsInRun) * channels;
    Arrays.fill(target, at, at + from, 0f);
    if (from < to) {
      System.arraycopy(x, source + column * channels + from, target, at + from, to - from);
    }
    Arrays.fill(target, at + to, at + tapsInRun * channels, 0f);
  }

  /**
   * The same matrix transposed: a row for each element (r, s) of the filter. For inputs of one
   * channel, whose neighbours are neighbours in memory.
   *
   * @param step elements from one row of the target to the next
   */
  void columns(
      float[] x,
      int from,
      int to,
      int tapRowFrom,
      int tapRowTo,
      float[] target,
      int offset,
      int step) {
    int position = from;
    while (position < to) {
      int q = position % columns.output();
      int image = position / geometry.imagePositions();
      int p = position / columns.output() - image * rows.output();
      int count = Math.min(columns.output() - q, to - position);
      int at = offset + position - from;
      for (int r = tapRowFrom; r < tapRowTo; r++) {
        int h = rows.at(p, r);
        boolean inside = h >= 0 && h < rows.input();
        int source = (image * rows.input() + h) * columns.input();
        for (int s = 0; s < columns.size(); s++) {
          int first = inside ? Math.clamp(columns.firstPlace(s) - q, 0, count) : count;
          int end = inside ? Math.clamp(columns.endPlace(s) - q, first, count) : count;
          Arrays.fill(target, at, at + first, 0f);
          int index = source + columns.at(q + first, s);
          if (columns.stride() == 1 && first < end) {
            System.arraycopy(x, index, target, at + first, end - first);
          } else {
            for (int i = first; i < end; i++) {
              target[at + i] = x[index];
              index += columns.stride();
            }
          }
          Arrays.fill(target, at + end, at + count, 0f);
          at += step;
        }
      }
      position += count;
    }
  }
}
