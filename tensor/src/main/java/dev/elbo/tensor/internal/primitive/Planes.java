package dev.elbo.tensor.internal.primitive;

/**
 * How an image of one channel lies so that neighbouring output positions see neighbours in memory:
 * for each row, a plane for each column of a stride, with zeros where there is padding; the image
 * itself where that is the same.
 */
final class Planes {
  /** Rows of the output whose inputs are laid out together. */
  static final int MOST_ROWS = 32;

  private final Window rows;
  private final Window columns;
  private final boolean inPlace;
  private final int planeLength;
  private final int rowFloats;
  private final int[] taps;

  Planes(ConvolutionGeometry geometry) {
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
    rowFloats = stride * planeLength;
    taps = new int[geometry.patch()];
    for (int k = 0; k < taps.length; k++) {
      int column = k % columns.size() * columns.dilation();
      int row = k / columns.size() * rows.dilation();
      int plane = column % stride;
      taps[k] = row * rowFloats + plane * planeLength + column / stride;
    }
  }

  int scratchFloats() {
    return inPlace ? 0 : seenRows(MOST_ROWS) * rowFloats;
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
    return rows.stride() * rowFloats;
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
      return (image * rows.input() + h) * rowFloats;
    }
    layOutRows(x, image, h, seenRows(high), scratch);
    return 0;
  }

  private void layOutRows(float[] x, int image, int fromRow, int count, float[] to) {
    int stride = columns.stride();
    int at = 0;
    for (int h = fromRow; h < fromRow + count; h++) {
      boolean inside = h >= 0 && h < rows.input();
      int row = (image * rows.input() + h) * columns.input();
      for (int phase = 0; phase < stride; phase++) {
        int first = phase - columns.before();
        for (int i = 0; i < planeLength; i++) {
          int v = first + i * stride;
          boolean seen = inside && v >= 0 && v < columns.input();
          to[at + i] = seen ? x[row + v] : 0f;
        }
        at += planeLength;
      }
    }
  }
}
