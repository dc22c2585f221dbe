package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * {@code X_S'X_S / n = L L'} of a support that changes a little at a time: k features take {@code
 * k^2} operations for each that comes, and for each that goes, where a new factor takes {@code k^3
 * / 3}. Features are in the order in which they came.
 */
final class SupportFactor {
  /** A pivot below this part of its diagonal is rounding. */
  private static final double ROUNDING = 1e-12;

  /** When more than this part of the features changes, the factor is a new one. */
  private static final double MOST_CHANGES = 0.5;

  private int[] order = new int[0];
  private int count;

  /**
   * By features: the place in the support that is wanted, and one more; 0 for what is not in it.
   */
  private final int[] wanted;

  /** Row i of L without its diagonal: i values. */
  private double[][] lower = new double[0][];

  private double[] diagonal = new double[0];

  SupportFactor(int features) {
    this.wanted = new int[features];
  }

  /**
   * The x with {@code (X_S'X_S / n) x = target}; empty where the columns of S are not independent.
   */
  double[] solve(int[] support, double[] target, Products products) {
    for (int i = 0; i < support.length; i++) {
      wanted[support[i]] = i + 1;
    }
    double[] x = update(support, products) ? solve(target) : new double[0];
    for (int j : support) {
      wanted[j] = 0;
    }
    return x;
  }

  private boolean update(int[] support, Products products) {
    int gone = 0;
    for (int i = 0; i < count; i++) {
      gone += wanted[order[i]] == 0 ? 1 : 0;
    }
    if (gone > MOST_CHANGES * count) {
      count = 0;
    }
    for (int i = count - 1; i >= 0; i--) {
      if (wanted[order[i]] == 0) {
        remove(i);
      }
    }
    boolean[] isHere = new boolean[support.length];
    for (int i = 0; i < count; i++) {
      isHere[wanted[order[i]] - 1] = true;
    }
    int[] fresh = new int[support.length - count];
    int next = 0;
    for (int i = 0; i < support.length; i++) {
      if (!isHere[i]) {
        fresh[next++] = support[i];
      }
    }
    reserve(support.length);
    for (int from = 0; from < fresh.length; from += 4) {
      if (!append(Arrays.copyOfRange(fresh, from, Math.min(fresh.length, from + 4)), products)) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int size) {
    if (size > order.length) {
      int capacity = Math.max(size, 2 * order.length);
      order = Arrays.copyOf(order, capacity);
      lower = Arrays.copyOf(lower, capacity);
      diagonal = Arrays.copyOf(diagonal, capacity);
    }
  }

  /** Up to four features: the factor is read once for all of them. */
  private boolean append(int[] fresh, Products products) {
    int before = count;
    double[][] parts = new double[4][before];
    double[][] rows = new double[fresh.length][];
    for (int m = 0; m < fresh.length; m++) {
      rows[m] = products.row(fresh[m]);
      for (int i = 0; i < before; i++) {
        parts[m][i] = rows[m][products.slot(order[i])];
      }
    }
    double[] sums = new double[4];
    for (int i = 0; i < before; i++) {
      Arrays.fill(sums, 0);
      Vectors.addFourDots(lower[i], parts, 0, i, sums, 0);
      for (int m = 0; m < fresh.length; m++) {
        parts[m][i] = (parts[m][i] - sums[m]) / diagonal[i];
      }
    }
    for (int m = 0; m < fresh.length; m++) {
      double[] row = Arrays.copyOf(parts[m], before + m);
      for (int k = 0; k < m; k++) {
        double[] other = lower[before + k];
        double sum = rows[m][products.slot(fresh[k])];
        for (int i = 0; i < before + k; i++) {
          sum -= row[i] * other[i];
        }
        row[before + k] = sum / diagonal[before + k];
      }
      double whole = rows[m][products.slot(fresh[m])];
      double pivot = whole - Vectors.dot(row, row);
      if (!(pivot > ROUNDING * whole)) {
        return false;
      }
      order[count] = fresh[m];
      lower[count] = row;
      diagonal[count++] = Math.sqrt(pivot);
    }
    return true;
  }

  /** Turns the rows after one so that its column can be left out. */
  private void remove(int at) {
    int rest = count - at - 1;
    double[] cosines = new double[rest];
    double[] sines = new double[rest];
    for (int r = 0; r < rest; r++) {
      double[] row = lower[at + 1 + r];
      double x = row[at];
      double[] shorter = new double[row.length - 1];
      System.arraycopy(row, 0, shorter, 0, at);
      for (int k = 0; k < r; k++) {
        double y = row[at + 1 + k];
        shorter[at + k] = cosines[k] * y + sines[k] * x;
        x = cosines[k] * x - sines[k] * y;
      }
      double pivot = diagonal[at + 1 + r];
      double length = Math.hypot(pivot, x);
      cosines[r] = pivot / length;
      sines[r] = x / length;
      lower[at + r] = shorter;
      diagonal[at + r] = length;
      order[at + r] = order[at + 1 + r];
    }
    count--;
  }

  private double[] solve(double[] target) {
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      double own = target[wanted[order[i]] - 1];
      x[i] = (own - Vectors.dot(lower[i], x)) / diagonal[i];
    }
    double[] way = new double[count];
    for (int i = count - 1; i >= 0; i--) {
      x[i] /= diagonal[i];
      way[wanted[order[i]] - 1] = x[i];
      double[] row = lower[i];
      double factor = x[i];
      for (int k = 0; k < i; k++) {
        x[k] -= factor * row[k];
      }
    }
    return way;
  }
}
