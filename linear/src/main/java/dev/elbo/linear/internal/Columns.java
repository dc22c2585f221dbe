package dev.elbo.linear.internal;

/** The columns of a matrix as they were given; how they are kept is known in here only. */
public interface Columns {

  /** How long each column is. */
  int rows();

  /** How many columns there are. */
  int count();

  /** {@code x_j'v} */
  double dot(int column, double[] v);

  /** {@code v += factor x_j} */
  void add(double factor, int column, double[] v);

  /** {@code |x_j|^2} */
  double squares(int column);

  /** A copy of a column, its zeros written out. */
  double[] toArray(int column);

  /** The columns of some rows, in the order of the indices. */
  Columns rows(int[] indices);

  /** The row of the first value that is NaN or infinite, or -1. */
  int firstNotFinite(int column);

  /** Operations that one pass over a column takes. */
  int cost(int column);
}
