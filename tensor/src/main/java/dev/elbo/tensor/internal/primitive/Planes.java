package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.PlaneKernels;
import java.util.Arrays;

/**
 * How an image of one channel lies so that neighbouring output positions see neighbours in memory:
 * a plane for each column of a stride, with zeros where there is padding; the image itself where
 * that is the same.
 */
final class Planes {
  /** Rows of the output whose inputs are laid out together. */
  static final int MOST_ROWS = 32;

  private final Window rows;
  private final Window columns;
  private final boolean inPlace;
  private final int planeLength;
  private final int planeFloats;
  private final int[] taps;
  private final PlaneKernels kernels;

  Planes(ConvolutionGeometry geometry, PlaneKernels kernels) {
    this.kernels = kernels;
    rows = geometry.rows();
    columns = geometry.columns();
    int stride = columns.stride();
    inPlace =
        stride == 1
            && rows.before() == 0
            && columns.before() == 0
            && rows.at(rows.output() - 1, rows.size() - 1) < rows.input()
            && columns.at(columns.output() - 1, columns.size() - 1) < columns.input();
    planeLength =
        inPlace
            ? columns.input()
            : columns.output() + (columns.size() - 1) * columns.dilation() / stride;
    planeFloats = seenRows(Math.min(MOST_ROWS, rows.output())) * planeLength;
    taps = new int[geometry.patch()];
    for (int k = 0; k < taps.length; k++) {
      int column = k % columns.size() * columns.dilation();
      int row = k / columns.size() * rows.dilation();
      int plane = column % stride;
      taps[k] = plane * planeFloats + row * planeLength + column / stride;
    }
  }

  int scratchFloats() {
    return inPlace ? 0 : columns.stride() * planeFloats + PlaneKernels.MOST_BEHIND;
  }

  /** Whether the planes of a block stay within 16 MiB: not with a filter dilated very far. */
  static boolean fit(ConvolutionGeometry geometry) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    double seenRows = (MOST_ROWS - 1.0) * rows.stride() + (rows.size() - 1.0) * rows.dilation() + 1;
    double seenColumns =
        Math.max(columns.input(), (double) columns.output() * columns.stride())
            + (columns.size() - 1.0) * columns.dilation()
            + columns.stride();
    return seenRows * seenColumns <= 1 << 22;
  }

  /** How many rows of the input some neighbouring rows of the output see. */
  private int seenRows(int outputs) {
    return (outputs - 1) * rows.stride() + (rows.size() - 1) * rows.dilation() + 1;
  }

  /**
   * Where an output position finds each element of the filter, counted from its row's beginning.
   */
  int[] taps() {
    return taps;
  }

  /** From what one output row sees to what the next one sees. */
  int rowStep() {
    return rows.stride() * planeLength;
  }

  /** The array in which the layout is. */
  float[] array(float[] x, float[] scratch) {
    return inPlace ? x : scratch;
  }

  /**
   * Lays out what some output rows of an image see.
   *
   * @param p the first of the rows
   * @param high how many, at most {@link #MOST_ROWS}
   * @return where in the array what the first row sees begins
   */
  int layOut(float[] x, int image, int p, int high, float[] scratch) {
    int h = rows.at(p, 0);
    if (inPlace) {
      return (image * rows.input() + h) * planeLength;
    }
    for (int plane = 0; plane < columns.stride(); plane++) {
      layOutPlane(x, image, h, seenRows(high), plane, scratch);
    }
    return 0;
  }

  private void layOutPlane(float[] x, int image, int from, int count, int plane, float[] to) {
    int above = Math.clamp(-from, 0, count);
    int inside = Math.clamp(rows.input() - from, above, count) - above;
    int stride = columns.stride();
    int first = plane - columns.before();
    int left = Math.clamp(Math.ceilDiv(-first, stride), 0, planeLength);
    int end = Math.clamp(Math.ceilDiv(columns.input() - first, stride), left, planeLength);
    int row = (image * rows.input() + from + above) * columns.input();
    int at = plane * planeFloats;
    Arrays.fill(to, at, at + above * planeLength, 0f);
    at += above * planeLength;
    kernels.layOut(
        x,
        row + first + left * stride,
        columns.input(),
        stride,
        inside,
        left,
        end - left,
        planeLength - end,
        to,
        at);
    Arrays.fill(to, at + inside * planeLength, at + (count - above) * planeLength, 0f);
  }
}
