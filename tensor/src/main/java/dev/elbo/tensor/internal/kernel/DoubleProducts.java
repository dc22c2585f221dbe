package dev.elbo.tensor.internal.kernel;

/**
 * Inner products and sums of float64 columns, for the linear models.
 *
 * <p>Products are rounded before they are added, so that hardware with and without fused
 * multiply-add gives the same bits. A sum is kept in 32 lanes: lane l takes the elements l, l + 32,
 * l + 64, ... as long as blocks of 32 are whole, and lanes 0 to 7 the blocks of 8 after them. Then
 * lane l takes in lane l + 16, l + 8, l + 4, l + 2 and l + 1, and the last 7 elements at most are
 * summed one by one and added.
 */
public interface DoubleProducts {

  /** {@code sum(a * b)} over the whole of a. */
  double dot(double[] a, double[] b);

  /**
   * {@code sums[at + k] += sum(x * columns[k])} over the elements from, ..., to - 1, for k of 0 to
   * 3: x is read once for four columns. Each sum is kept in 8 lanes, the rest as above.
   */
  void addFourDots(double[] x, double[][] columns, int from, int to, double[] sums, int at);

  /** The same of x and of y, so that each column is read once for both. */
  default void addFourDots(
      double[] x,
      double[] y,
      double[][] columns,
      int from,
      int to,
      double[] ofX,
      double[] ofY,
      int at) {
    addFourDots(x, columns, from, to, ofX, at);
    addFourDots(y, columns, from, to, ofY, at);
  }

  /** {@code y += factor * x}, which the JVM's compiler vectorises as it stands. */
  default void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }
}
