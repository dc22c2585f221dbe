package dev.elbo.linear.internal;

/** Columns of float32, of which no float64 copy is made; sums are float64. */
public final class FloatColumns implements Columns {
  private final float[][] columns;
  private final int rows;

  /** Keeps the arrays as they are. */
  public FloatColumns(float[][] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
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
    float[] x = columns[column];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= rows - 4; i += 4) {
      s0 += x[i] * v[i];
      s1 += x[i + 1] * v[i + 1];
      s2 += x[i + 2] * v[i + 2];
      s3 += x[i + 3] * v[i + 3];
    }
    for (; i < rows; i++) {
      s0 += x[i] * v[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void add(double factor, int column, double[] v) {
    float[] x = columns[column];
    for (int i = 0; i < rows; i++) {
      v[i] += factor * x[i];
    }
  }

  @Override
  public double squares(int column) {
    return dot(column, toArray(column));
  }

  @Override
  public double[] toArray(int column) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = columns[column][i];
    }
    return values;
  }

  @Override
  public Columns rows(int[] indices) {
    float[][] chosen = new float[columns.length][indices.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < indices.length; i++) {
        chosen[j][i] = columns[j][indices[i]];
      }
    }
    return new FloatColumns(chosen, indices.length);
  }

  @Override
  public Columns select(int[] chosen) {
    float[][] selected = new float[chosen.length][];
    for (int i = 0; i < chosen.length; i++) {
      selected[i] = columns[chosen[i]];
    }
    return new FloatColumns(selected, rows);
  }

  @Override
  public double largest(int column) {
    float most = 0;
    for (float value : columns[column]) {
      float size = Math.abs(value);
      if (!(size <= most)) {
        if (Float.isNaN(size)) {
          return size;
        }
        most = size;
      }
    }
    return most;
  }

  @Override
  public int cost(int column) {
    return rows;
  }
}
