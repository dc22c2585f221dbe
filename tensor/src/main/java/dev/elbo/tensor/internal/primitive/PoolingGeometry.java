package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;

/** The lengths of a pooling of (batch, height, width, channels) and how its windows lie. */
record PoolingGeometry(int batch, Window rows, Window columns, int channels) {
  /** The work on one window, whose part inside the input is {@code rows} by {@code columns}. */
  interface Work {
    /**
     * Treats all channels of one window.
     *
     * @param large index of channel 0 at the window's first place in the pooling's input
     * @param small index of channel 0 of the window in the pooling's output
     */
    void run(Object[] inputs, Object output, int large, int rows, int columns, int small);
  }

  static PoolingGeometry of(Pooling pooling, Shape input, Shape output) {
    return new PoolingGeometry(
        input.dim(0),
        Window.of(
            input.dim(1),
            output.dim(1),
            pooling.height(),
            pooling.strideHeight(),
            1,
            pooling.padding()),
        Window.of(
            input.dim(2),
            output.dim(2),
            pooling.width(),
            pooling.strideWidth(),
            1,
            pooling.padding()),
        input.dim(3));
  }

  /** Input elements from one row to the next. */
  int rowStep() {
    return columns.input() * channels;
  }

  /** Input elements of one image. */
  int imageSize() {
    return rows.input() * rowStep();
  }

  /** Output rows of the whole batch. */
  int outputRows() {
    return batch * rows.output();
  }

  /** Whether no two windows see the same element. */
  boolean isDisjoint() {
    return rows.stride() >= rows.size() && columns.stride() >= columns.size();
  }

  /** Whether the windows see every element of the input, each once. */
  boolean isPartition() {
    return isPartition(rows) && isPartition(columns);
  }

  private static boolean isPartition(Window window) {
    return window.stride() == window.size()
        && window.before() == 0
        && window.output() * window.size() >= window.input();
  }

  /** Elements that all windows see together, those seen twice counted twice. */
  double work() {
    return (double) outputRows() * columns.output() * rows.size() * columns.size() * channels;
  }

  /** Visits the windows of some output rows, counted through the batch, in ascending order. */
  void visit(int rowFrom, int rowTo, Object[] inputs, Object output, Work work) {
    for (int row = rowFrom; row < rowTo; row++) {
      int image = row / rows.output();
      int p = row % rows.output();
      int firstRow = rows.firstTap(p);
      int height = rows.endTap(p) - firstRow;
      int source = (image * rows.input() + rows.at(p, firstRow)) * columns.input();
      for (int q = 0; q < columns.output(); q++) {
        int firstColumn = columns.firstTap(q);
        work.run(
            inputs,
            output,
            (source + columns.at(q, firstColumn)) * channels,
            height,
            columns.endTap(q) - firstColumn,
            (row * columns.output() + q) * channels);
      }
    }
  }
}
