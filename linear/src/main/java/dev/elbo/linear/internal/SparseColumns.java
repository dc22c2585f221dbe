package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * Compressed sparse columns: those of column j are the entries {@code starts[j]} to {@code starts[j
 * + 1] - 1}, each with its row, ascending, and its value.
 */
public final class SparseColumns implements Columns {
  private final int rows;
  private final int[] starts;
  private final int[] places;
  private final double[] values;

  /** Keeps the arrays as they are. */
  public SparseColumns(int rows, int[] starts, int[] places, double[] values) {
    this.rows = rows;
    this.starts = starts;
    this.places = places;
    this.values = values;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int count() {
    return starts.length - 1;
  }

  /** How many values are kept. */
  public int entries() {
    return starts[starts.length - 1];
  }

  @Override
  public double dot(int column, double[] v) {
    int end = starts[column + 1];
    double even = 0;
    double odd = 0;
    int i = starts[column];
    for (; i < end - 1; i += 2) {
      even += values[i] * v[places[i]];
      odd += values[i + 1] * v[places[i + 1]];
    }
    if (i < end) {
      even += values[i] * v[places[i]];
    }
    return even + odd;
  }

  @Override
  public void add(double factor, int column, double[] v) {
    for (int i = starts[column]; i < starts[column + 1]; i++) {
      v[places[i]] += factor * values[i];
    }
  }

  @Override
  public double squares(int column) {
    double sum = 0;
    for (int i = starts[column]; i < starts[column + 1]; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }

  @Override
  public double deviation(int column, double[] weights) {
    double total = Arrays.stream(weights).sum();
    double mean = dot(column, weights) / total;
    double squares = 0;
    double named = 0;
    double most = 0;
    for (int i = starts[column]; i < starts[column + 1]; i++) {
      double weight = weights[places[i]];
      named += weight;
      squares += weight * (values[i] - mean) * (values[i] - mean);
      most = Math.max(most, Math.abs(values[i]));
    }
    squares += Math.max(total - named, 0) * mean * mean;
    double deviation = Math.sqrt(squares / total);
    return deviation > CONSTANT * most ? deviation : 1;
  }

  @Override
  public double[] toArray(int column) {
    double[] array = new double[rows];
    for (int i = starts[column]; i < starts[column + 1]; i++) {
      array[places[i]] = values[i];
    }
    return array;
  }

  @Override
  public Columns rows(int[] indices) {
    int[][] targets = new int[rows][];
    int[] counts = new int[rows];
    for (int index : indices) {
      counts[index]++;
    }
    for (int i = 0; i < rows; i++) {
      targets[i] = new int[counts[i]];
    }
    Arrays.fill(counts, 0);
    for (int to = 0; to < indices.length; to++) {
      targets[indices[to]][counts[indices[to]]++] = to;
    }
    int kept = 0;
    for (int i = 0; i < entries(); i++) {
      kept = Math.addExact(kept, counts[places[i]]);
    }
    int[] newStarts = new int[starts.length];
    int[] newPlaces = new int[kept];
    double[] newValues = new double[kept];
    int next = 0;
    for (int j = 0; j < count(); j++) {
      for (int i = starts[j]; i < starts[j + 1]; i++) {
        for (int to : targets[places[i]]) {
          newPlaces[next] = to;
          newValues[next++] = values[i];
        }
      }
      newStarts[j + 1] = next;
    }
    return new SparseColumns(indices.length, newStarts, newPlaces, newValues);
  }

  /** Each value times the factor of its row. */
  SparseColumns timesRows(double[] factors) {
    double[] scaled = new double[entries()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = values[i] * factors[places[i]];
    }
    return new SparseColumns(rows, starts, places, scaled);
  }

  @Override
  public Columns select(int[] chosen) {
    int[] newStarts = new int[chosen.length + 1];
    for (int i = 0; i < chosen.length; i++) {
      newStarts[i + 1] = newStarts[i] + cost(chosen[i]);
    }
    int[] newPlaces = new int[newStarts[chosen.length]];
    double[] newValues = new double[newPlaces.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(places, starts[chosen[i]], newPlaces, newStarts[i], cost(chosen[i]));
      System.arraycopy(values, starts[chosen[i]], newValues, newStarts[i], cost(chosen[i]));
    }
    return new SparseColumns(rows, newStarts, newPlaces, newValues);
  }

  /** The rows, as columns. */
  SparseColumns transposed() {
    int[] newStarts = new int[rows + 1];
    for (int i = 0; i < entries(); i++) {
      newStarts[places[i] + 1]++;
    }
    for (int i = 0; i < rows; i++) {
      newStarts[i + 1] += newStarts[i];
    }
    int[] next = Arrays.copyOf(newStarts, rows);
    int[] newPlaces = new int[entries()];
    double[] newValues = new double[entries()];
    for (int j = 0; j < count(); j++) {
      for (int i = starts[j]; i < starts[j + 1]; i++) {
        int to = next[places[i]]++;
        newPlaces[to] = j;
        newValues[to] = values[i];
      }
    }
    return new SparseColumns(count(), newStarts, newPlaces, newValues);
  }

  @Override
  public double largest(int column) {
    return Vectors.largest(values, starts[column], starts[column + 1]);
  }

  @Override
  public int cost(int column) {
    return starts[column + 1] - starts[column];
  }
}
