package dev.elbo.linear.internal;

import java.util.function.UnaryOperator;

/** A matrix made ready to be fitted with: centred, weighted, other columns projected out. */
public interface Design {

  /** How many samples there are. */
  int rows();

  /** How many features there are. */
  int features();

  /** {@code |X_j|^2}; exactly 0 where rounding alone is left of the column. */
  double squares(int feature);

  /** A column written out, for reading. */
  double[] column(int feature);

  /** Operations that one pass over a column takes. */
  int cost(int feature);

  /** A copy of a vector, to which columns can be added. */
  Image image(double[] start);

  /** {@code X_j'X_k}, a row for each j of some features and in it one for each k of others. */
  double[][] products(int[] features, int[] others);

  /** What {@code X_S'X_S} of some features turns vectors into. */
  default UnaryOperator<double[]> square(int[] chosen) {
    return vector -> {
      Image image = image(new double[rows()]);
      for (int i = 0; i < chosen.length; i++) {
        image.add(vector[i], chosen[i]);
      }
      double[] product = new double[chosen.length];
      long cost = chosen.length == 0 ? 0 : cost(chosen[0]);
      Parallel.each(chosen.length, cost, i -> product[i] = image.dot(chosen[i]));
      return product;
    };
  }

  /** The columns of some features, in the order of the indices. */
  Design select(int[] features);

  /** The columns without their parts in a basis. */
  Design without(Basis basis);

  /**
   * A vector of one value a sample. It is one that a target made ready and columns add up to, so
   * that what was projected out of these is not in it.
   */
  interface Image {
    /** {@code X_j'v} */
    double dot(int feature);

    /** {@code v += factor X_j} */
    void add(double factor, int feature);

    /** The vector itself, for reading. */
    double[] values();

    /** A copy of all that changes, which is affine in the factors added. */
    double[] snapshot();

    /** Goes to a snapshot, or to a combination of several whose weights sum to 1. */
    void restore(double[] snapshot);
  }
}
