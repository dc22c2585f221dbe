package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Those of {@code X'X / n} that were asked for once, kept for all later fits to the same data.
 * Belongs to one thread.
 */
final class Products {
  /** Features of which products are kept: 72 MB. */
  static final int MOST = 3_000;

  /** One go over the data costs little more for so many features than for one. */
  private static final int BATCH = 16;

  private final Design design;
  private final double divisor;

  /** Where a feature's products are kept, or -1. */
  private final int[] slots;

  private int[] features = new int[0];
  private double[][] rows = new double[0][];

  Products(Design design, double divisor) {
    this.design = design;
    this.divisor = divisor;
    this.slots = new int[design.features()];
    Arrays.fill(slots, -1);
  }

  /** Makes place for the products of all features with each other. */
  void keepAll() {
    keep(IntStream.range(0, slots.length).toArray());
  }

  /** Makes place for the products of these features. */
  void keep(int[] set) {
    int[] fresh = Arrays.stream(set).filter(j -> slots[j] < 0).toArray();
    if (features.length + fresh.length > MOST) {
      Arrays.fill(slots, -1);
      features = new int[0];
      rows = new double[0][];
      fresh = set;
    }
    int before = features.length;
    features = Arrays.copyOf(features, before + fresh.length);
    rows = Arrays.copyOf(rows, features.length);
    for (int i = 0; i < fresh.length; i++) {
      features[before + i] = fresh[i];
      slots[fresh[i]] = before + i;
    }
  }

  /** Products of one feature, kept, with each of a set, all kept. */
  double[] row(int feature, int[] set) {
    double[] row = kept(feature);
    complete(row, feature, set);
    double[] compact = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      compact[i] = row[slots[set[i]]];
    }
    return compact;
  }

  /**
   * The products of several features with all features that are kept, in one go over the data; and,
   * where these are few, of those with the largest pulls as well, which are next to be wanted.
   */
  void compute(int[] wanted, double[] pulls) {
    int[] missing = Arrays.stream(wanted).filter(this::isMissing).toArray();
    if (missing.length == 0) {
      return;
    }
    if (missing.length < BATCH) {
      Set<Integer> batch = new TreeSet<>();
      Arrays.stream(missing).forEach(batch::add);
      Arrays.stream(features)
          .filter(this::isMissing)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> -Math.abs(pulls[j])))
          .limit(BATCH)
          .takeWhile(j -> batch.size() < BATCH)
          .forEach(batch::add);
      missing = batch.stream().mapToInt(Integer::intValue).toArray();
    }
    double[][] products = design.products(missing, features);
    for (int i = 0; i < missing.length; i++) {
      for (int k = 0; k < features.length; k++) {
        products[i][k] /= divisor;
      }
      rows[slots[missing[i]]] = products[i];
    }
  }

  private boolean isMissing(int feature) {
    double[] row = rows[slots[feature]];
    return row == null || row.length < features.length;
  }

  /** The row of a feature whose products with all kept features are known. */
  double[] whole(int feature) {
    return rows[slots[feature]];
  }

  private double[] kept(int feature) {
    int slot = slots[feature];
    double[] row = rows[slot] == null ? new double[0] : rows[slot];
    if (row.length < features.length) {
      int known = row.length;
      row = Arrays.copyOf(row, Math.max(features.length, Math.min(MOST, known * 3 / 2)));
      Arrays.fill(row, known, row.length, Double.NaN);
      rows[slot] = row;
    }
    return row;
  }

  private void complete(double[] row, int feature, int[] set) {
    int[] missing = new int[set.length];
    int count = 0;
    for (int k : set) {
      if (Double.isNaN(row[slots[k]])) {
        double[] other = rows[slots[k]];
        if (other != null
            && slots[feature] < other.length
            && !Double.isNaN(other[slots[feature]])) {
          row[slots[k]] = other[slots[feature]];
        } else {
          missing[count++] = k;
        }
      }
    }
    missing = Arrays.copyOf(missing, count);
    double[] products = design.products(new int[] {feature}, missing)[0];
    for (int i = 0; i < count; i++) {
      row[slots[missing[i]]] = products[i] / divisor;
    }
  }
}
