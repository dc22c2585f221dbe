package dev.elbo.linear.internal;

import dev.elbo.tensor.internal.kernel.DoubleProducts;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.Arrays;

/** Sums over float64 arrays, in an order set by their length alone. */
public final class Vectors {
  private static final DoubleProducts PRODUCTS = Kernels.get().products();

  private Vectors() {}

  /** {@code sum(a * b)} */
  public static double dot(double[] a, double[] b) {
    return PRODUCTS.dot(a, b);
  }

  /** {@code sums[at + k] += sum(x * columns[k])} over some rows, k from 0 to 3. */
  static void addFourDots(double[] x, double[][] columns, int from, int to, double[] sums, int at) {
    PRODUCTS.addFourDots(x, columns, from, to, sums, at);
  }

  /** The same of two x. */
  static void addFourDots(
      double[] x,
      double[] y,
      double[][] columns,
      int from,
      int to,
      double[] ofX,
      double[] ofY,
      int at) {
    PRODUCTS.addFourDots(x, y, columns, from, to, ofX, ofY, at);
  }

  /** {@code y += factor * x} */
  public static void add(double factor, double[] x, double[] y) {
    PRODUCTS.add(factor, x, y);
  }

  /** So many ones. */
  public static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The largest size of a value, 0 of none; NaN where one is. */
  public static double largest(double[] a) {
    return largest(a, 0, a.length);
  }

  /** The same of the values from, ..., to - 1. */
  static double largest(double[] a, int from, int to) {
    double most = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(a[i]);
      if (!(size <= most)) {
        if (Double.isNaN(size)) {
          return size;
        }
        most = size;
      }
    }
    return most;
  }

  /** {@code sqrt(sum(a^2))}, of values whose squares neither overflow nor vanish. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
