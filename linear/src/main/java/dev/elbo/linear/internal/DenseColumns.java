package dev.elbo.linear.internal;

/** Columns of float64. */
public final class DenseColumns implements Columns {
  private final double[][] columns;
  private final int rows;

  /** Keeps the arrays as they are. */
  public DenseColumns(double[][] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The arrays themselves, for reading. */
  double[][] arrays() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int count() {
    return columns.length;
  }

  @Override
  public double dot(int column, double[] v) {
    return Vectors.dot(columns[column], v);
  }

  @Override
  public void add(double factor, int column, double[] v) {
    Vectors.add(factor, columns[column], v);
  }

  @Override
  public double squares(int column) {
    return Vectors.dot(columns[column], columns[column]);
  }

  @Override
  public double[] toArray(int column) {
    return columns[column].clone();
  }

  @Override
  public Columns rows(int[] indices) {
    double[][] chosen = new double[columns.length][indices.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < indices.length; i++) {
        chosen[j][i] = columns[j][indices[i]];
      }
    }
    return new DenseColumns(chosen, indices.length);
  }

  @Override
  public Columns select(int[] chosen) {
    double[][] selected = new double[chosen.length][];
    for (int i = 0; i < chosen.length; i++) {
      selected[i] = columns[chosen[i]];
    }
    return new DenseColumns(selected, rows);
  }

  @Override
  public double largest(int column) {
    return Vectors.largest(columns[column]);
  }

  @Override
  public int cost(int column) {
    return rows;
  }
}
