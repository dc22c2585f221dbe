package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.List;

/**
 * An orthonormal basis of the space that some columns span, and the columns in it: Gram and Schmidt
 * with pivoting, each vector orthogonalised twice. Columns count as dependent when what is left of
 * one is rounding, relative to the column's own length, so that units do not matter.
 */
public final class Basis {
  private final double[][] vectors;
  private final double[][] parts;
  private final int[] order;
  private final int rank;

  private Basis(double[][] vectors, double[][] parts, int[] order, int rank) {
    this.vectors = vectors;
    this.parts = parts;
    this.order = order;
    this.rank = rank;
  }

  /** The basis of columns of one length. */
  public static Basis of(double[][] columns) {
    int p = columns.length;
    int n = p == 0 ? 0 : columns[0].length;
    int most = Math.min(n, p);
    double[][] left = new double[p][];
    double[] lengths = new double[p];
    int[] order = new int[p];
    for (int j = 0; j < p; j++) {
      order[j] = j;
      lengths[j] = Vectors.norm(columns[j]);
      left[j] = new double[n];
      if (lengths[j] > 0) {
        Vectors.add(1 / lengths[j], columns[j], left[j]);
      }
    }
    double tolerance = Math.max(n, p) * 0x1p-52;
    double[][] vectors = new double[most][];
    double[][] parts = new double[most][p];
    int rank = 0;
    while (rank < most) {
      double largest = pivot(left, order, rank);
      if (!(largest > tolerance)) {
        break;
      }
      int chosen = order[rank];
      double[] vector = new double[n];
      Vectors.add(1 / largest, left[chosen], vector);
      for (int k = 0; k < rank; k++) {
        double again = Vectors.dot(vectors[k], vector);
        Vectors.add(-again, vectors[k], vector);
        parts[k][chosen] += again * largest * lengths[chosen];
      }
      double norm = Vectors.norm(vector);
      for (int i = 0; i < n; i++) {
        vector[i] /= norm;
      }
      vectors[rank] = vector;
      for (int m = rank; m < p; m++) {
        double part = Vectors.dot(vector, left[order[m]]);
        Vectors.add(-part, vector, left[order[m]]);
        parts[rank][order[m]] = part * lengths[order[m]];
      }
      rank++;
    }
    return new Basis(vectors, parts, order, rank);
  }

  /** Brings the column of which most is left to the place {@code from}; how much that is. */
  private static double pivot(double[][] left, int[] order, int from) {
    int best = from;
    double largest = -1;
    for (int m = from; m < order.length; m++) {
      double norm = Vectors.norm(left[order[m]]);
      if (norm > largest) {
        largest = norm;
        best = m;
      }
    }
    int chosen = order[best];
    order[best] = order[from];
    order[from] = chosen;
    return largest;
  }

  /** The orthonormal vectors. */
  List<double[]> vectors() {
    return Arrays.asList(vectors).subList(0, rank);
  }

  /** What of y no combination of the columns reaches. */
  public double[] residual(double[] y) {
    double[] residual = y.clone();
    for (int round = 0; round < 2; round++) {
      for (int k = 0; k < rank; k++) {
        Vectors.add(-Vectors.dot(vectors[k], residual), vectors[k], residual);
      }
    }
    return residual;
  }

  /** The b of least length among those that minimise {@code |y - X b|}. */
  public double[] leastSquares(double[] y) {
    double[] rest = y.clone();
    double[] target = new double[rank];
    for (int k = 0; k < rank; k++) {
      target[k] = Vectors.dot(vectors[k], rest);
      Vectors.add(-target[k], vectors[k], rest);
    }
    return rank == order.length ? backwards(target) : leastLength(target);
  }

  private double[] backwards(double[] target) {
    double[] b = new double[order.length];
    for (int k = rank - 1; k >= 0; k--) {
      double sum = target[k];
      for (int m = k + 1; m < rank; m++) {
        sum -= parts[k][order[m]] * b[order[m]];
      }
      b[order[k]] = sum / parts[k][order[k]];
    }
    return b;
  }

  /** Of all b with {@code parts b = target}, the one in the span of the rows. */
  private double[] leastLength(double[] target) {
    double[][] rows = new double[rank][];
    System.arraycopy(parts, 0, rows, 0, rank);
    Basis basis = of(rows);
    double[] b = new double[order.length];
    double[] z = new double[basis.rank];
    for (int k = 0; k < basis.rank; k++) {
      int row = basis.order[k];
      double sum = target[row];
      for (int i = 0; i < k; i++) {
        sum -= basis.parts[i][row] * z[i];
      }
      z[k] = sum / basis.parts[k][row];
      Vectors.add(z[k], basis.vectors[k], b);
    }
    return b;
  }
}
