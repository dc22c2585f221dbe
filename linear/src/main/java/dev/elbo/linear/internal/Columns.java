package dev.elbo.linear.internal;

/** The columns of a matrix as they were given; how they are kept is known in here only. */
public interface Columns {

  /** A deviation below this part of the largest value is rounding in the mean. */
  double CONSTANT = 1e-14;

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

  /** The weighted standard deviation of a column about its mean; 1 of a constant one. */
  default double deviation(int column, double[] weights) {
    double[] x = toArray(column);
    double total = 0;
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      total += weights[i];
      mean += weights[i] * x[i];
    }
    mean /= total;
    double squares = 0;
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      squares += weights[i] * (x[i] - mean) * (x[i] - mean);
      most = Math.max(most, Math.abs(x[i]));
    }
    double deviation = Math.sqrt(squares / total);
    return deviation > CONSTANT * most ? deviation : 1;
  }

  /** A copy of a column, its zeros written out. */
  double[] toArray(int column);

  /** The columns of some rows, in the order of the indices. */
  Columns rows(int[] indices);

  /** Some of the columns, in the order of the indices. */
  Columns select(int[] chosen);

  /** The largest size of a value, 0 of none; NaN where one is. */
  double largest(int column);

  /** Operations that one pass over a column takes. */
  int cost(int column);
}
