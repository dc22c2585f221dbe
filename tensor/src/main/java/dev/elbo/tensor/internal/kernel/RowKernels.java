package dev.elbo.tensor.internal.kernel;

/**
 * One row added to every row of a matrix: a bias, and the relu that often follows. The loop in this
 * interface is the reference, and serves the scalar backend; every implementation gives the same
 * bits.
 */
public interface RowKernels {

  /**
   * {@code target[i] = f(x[i] + row[(column + i) % columns])} for {@code length} elements that
   * follow each other, where f is relu or nothing.
   *
   * @param column the column of the first element, below {@code columns}
   * @param target may be x, at the same place
   */
  default void add(
      float[] x,
      int offset,
      float[] row,
      int column,
      int columns,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    int at = column;
    for (int i = 0; i < length; i++) {
      float sum = x[offset + i] + row[at];
      target[targetOffset + i] = relu ? Math.max(sum, 0f) : sum;
      at++;
      if (at == columns) {
        at = 0;
      }
    }
  }
}
