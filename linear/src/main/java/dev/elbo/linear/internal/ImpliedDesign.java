package dev.elbo.linear.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A design whose columns are {@code x_j - sum_k q_k (q_k'x_j)}, which is never written out: sparse
 * columns stay sparse when their means are taken off. The q are orthonormal; for centring there is
 * one, the square roots of the weights.
 *
 * <p>A vector v is kept as {@code u - sum_k c_k q_k}. To add a column changes u where x_j is not 0,
 * and c. As no q is in v, {@code X_j'v = x_j'v = x_j'u - sum_k c_k (q_k'x_j)}.
 */
final class ImpliedDesign implements Design {
  /** Where less than this part of {@code |x_j|^2} is left, the column is written out to see. */
  private static final double CANCELLED = 1e-3;

  /** Where less than this is left, it is rounding. */
  private static final double ROUNDING = 1e-26;

  private final Columns columns;
  private final List<double[]> directions;
  private final List<double[]> parts;
  private final int[] features;
  private final double[] squares;

  /**
   * @param directions the q
   * @param parts for each q its products with all columns
   */
  ImpliedDesign(Columns columns, List<double[]> directions, List<double[]> parts, int[] features) {
    this.columns = columns;
    this.directions = directions;
    this.parts = parts;
    this.features = features;
    this.squares = new double[features.length];
    Parallel.each(features.length, columns.cost(0), i -> squares[i] = computedSquares(i));
  }

  private ImpliedDesign(
      Columns columns,
      List<double[]> directions,
      List<double[]> parts,
      int[] features,
      double[] squares) {
    this.columns = columns;
    this.directions = directions;
    this.parts = parts;
    this.features = features;
    this.squares = squares;
  }

  private double computedSquares(int feature) {
    double whole = columns.squares(features[feature]);
    double left = whole;
    for (double[] part : parts) {
      left -= part[features[feature]] * part[features[feature]];
    }
    if (left < CANCELLED * whole) {
      double[] column = written(feature);
      left = Vectors.dot(column, column);
    }
    return left <= ROUNDING * whole ? 0 : left;
  }

  @Override
  public int rows() {
    return columns.rows();
  }

  @Override
  public int features() {
    return features.length;
  }

  @Override
  public double squares(int feature) {
    return squares[feature];
  }

  @Override
  public double[] column(int feature) {
    return squares[feature] == 0 ? new double[rows()] : written(feature);
  }

  private double[] written(int feature) {
    double[] column = columns.toArray(features[feature]);
    for (int k = 0; k < directions.size(); k++) {
      Vectors.add(-parts.get(k)[features[feature]], directions.get(k), column);
    }
    return column;
  }

  @Override
  public int cost(int feature) {
    return columns.cost(features[feature]) + 2 * directions.size();
  }

  @Override
  public Image image(double[] start) {
    return new Implied(start.clone());
  }

  private final class Implied implements Image {
    private final double[] kept;
    private final double[] taken = new double[directions.size()];

    Implied(double[] kept) {
      this.kept = kept;
    }

    @Override
    public double dot(int feature) {
      double sum = columns.dot(features[feature], kept);
      for (int k = 0; k < taken.length; k++) {
        sum -= taken[k] * parts.get(k)[features[feature]];
      }
      return sum;
    }

    @Override
    public void add(double factor, int feature) {
      columns.add(factor, features[feature], kept);
      for (int k = 0; k < taken.length; k++) {
        taken[k] += factor * parts.get(k)[features[feature]];
      }
    }

    @Override
    public double[] values() {
      double[] values = kept.clone();
      for (int k = 0; k < taken.length; k++) {
        Vectors.add(-taken[k], directions.get(k), values);
      }
      return values;
    }

    @Override
    public double[] snapshot() {
      double[] snapshot = Arrays.copyOf(kept, kept.length + taken.length);
      System.arraycopy(taken, 0, snapshot, kept.length, taken.length);
      return snapshot;
    }

    @Override
    public void restore(double[] snapshot) {
      System.arraycopy(snapshot, 0, kept, 0, kept.length);
      System.arraycopy(snapshot, kept.length, taken, 0, taken.length);
    }
  }

  @Override
  public double[][] products(int[] chosen, int[] others) {
    double[][] products = new double[chosen.length][others.length];
    Parallel.each(
        chosen.length,
        (long) others.length * columns.cost(0),
        i -> {
          double[] column = column(chosen[i]);
          for (int k = 0; k < others.length; k++) {
            products[i][k] = columns.dot(features[others[k]], column);
          }
        });
    return products;
  }

  @Override
  public Design select(int[] chosen) {
    int[] selected = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      selected[i] = features[chosen[i]];
    }
    return new ImpliedDesign(columns, directions, parts, selected);
  }

  /**
   * Some features, their columns and parts moved together, so that passes over them read memory
   * from its beginning to its end.
   */
  ImpliedDesign gathered(int[] chosen) {
    int[] selected = new int[chosen.length];
    int[] places = new int[chosen.length];
    double[] kept = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      selected[i] = features[chosen[i]];
      places[i] = i;
      kept[i] = squares[chosen[i]];
    }
    List<double[]> keptParts = new ArrayList<>();
    for (double[] part : parts) {
      keptParts.add(Arrays.stream(selected).mapToDouble(j -> part[j]).toArray());
    }
    return new ImpliedDesign(columns.select(selected), directions, keptParts, places, kept);
  }

  /** Sparse columns are written row by row too, so that both products have threads to share. */
  @Override
  public UnaryOperator<double[]> square(int[] chosen) {
    ImpliedDesign own = gathered(chosen);
    if (!(own.columns instanceof SparseColumns sparse) || rows() == 0 || chosen.length == 0) {
      return Design.super.square(chosen);
    }
    SparseColumns across = sparse.transposed();
    int costAcross = 1 + sparse.entries() / rows();
    int cost = 1 + sparse.entries() / chosen.length;
    return vector -> {
      double[] kept = new double[rows()];
      Parallel.each(kept.length, costAcross, i -> kept[i] = across.dot(i, vector));
      double[] product = new double[chosen.length];
      Parallel.each(product.length, cost, j -> product[j] = sparse.dot(j, kept));
      for (double[] part : own.parts) {
        Vectors.add(-Vectors.dot(part, vector), part, product);
      }
      return product;
    };
  }

  /** The basis's vectors have no part in the q, as they are made from columns of this design. */
  @Override
  public Design without(Basis basis) {
    List<double[]> moreDirections = new ArrayList<>(directions);
    List<double[]> moreParts = new ArrayList<>(parts);
    for (double[] vector : basis.vectors()) {
      double[] products = new double[columns.count()];
      for (int j = 0; j < products.length; j++) {
        products[j] = columns.dot(j, vector);
      }
      moreDirections.add(vector);
      moreParts.add(products);
    }
    return new ImpliedDesign(columns, moreDirections, moreParts, features);
  }
}
