package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Those of {@code X'X / n} that were asked for once, kept for all later fits to the same data.
 *
 * <p>Each feature that was ever in a set has a slot. The features that moved have a row of products
 * with all slots. Rows are computed, and grow when slots are added, many at once: a go over the
 * data for each would take most of a path's time. Belongs to one thread.
 */
final class Products {
  /** Features of which products are kept at least: 72 MB of rows if all of them move. */
  private static final int LEAST_SLOTS = 3_000;

  /** How many slots more than half of the set are kept for features that may come back. */
  private static final int SPARE_SLOTS = 200;

  /** One go over the data costs little more for so many features than for one. */
  private static final int BATCH = 8;

  private final Design design;
  private final double divisor;
  private final int mostSlots;

  /** Where a feature's products are kept, or -1. */
  private final int[] slots;

  private int[] features = new int[0];
  private int count;
  private double[][] rows = new double[0][];
  private final SupportFactor factor;

  Products(Design design, double divisor) {
    this.design = design;
    this.divisor = divisor;
    this.slots = new int[design.features()];
    this.factor = new SupportFactor(slots.length);
    this.mostSlots =
        (int) Math.max(LEAST_SLOTS, Math.sqrt((double) design.rows() * design.features()));
    Arrays.fill(slots, -1);
  }

  /** How large a set may be. */
  int most() {
    return mostSlots;
  }

  /** How many slots there are. */
  int count() {
    return count;
  }

  /** Where a feature that is kept has its place in each row. */
  int slot(int feature) {
    return slots[feature];
  }

  /** Makes place for the products of all features with each other. */
  void keepAll() {
    keep(IntStream.range(0, slots.length).toArray());
  }

  /** Makes place for the products of these features. */
  void keep(int[] set) {
    int[] fresh = Arrays.stream(set).filter(j -> slots[j] < 0).toArray();
    if (count + fresh.length > mostSlots || count > set.length + set.length / 2 + SPARE_SLOTS) {
      drop(set);
    }
    int before = count;
    count += fresh.length;
    if (count > features.length) {
      features = Arrays.copyOf(features, Math.max(count, Math.min(mostSlots, 2 * before)));
      rows = Arrays.copyOf(rows, features.length);
    }
    for (int i = 0; i < fresh.length; i++) {
      features[before + i] = fresh[i];
      slots[fresh[i]] = before + i;
    }
    grow(before, fresh);
  }

  /** Leaves out what is not in a set; what is known of the others stays. */
  private void drop(int[] set) {
    int[] old = slots.clone();
    double[][] oldRows = rows;
    int[] kept = Arrays.stream(set).filter(j -> old[j] >= 0).toArray();
    Arrays.fill(slots, -1);
    count = kept.length;
    features = kept;
    rows = new double[count][];
    for (int i = 0; i < count; i++) {
      slots[kept[i]] = i;
      double[] row = oldRows[old[kept[i]]];
      if (row != null) {
        rows[i] = new double[count];
        for (int k = 0; k < count; k++) {
          rows[i][k] = row[old[kept[k]]];
        }
      }
    }
  }

  /** The products of all rows with slots that are new. */
  private void grow(int before, int[] fresh) {
    int[] known = IntStream.range(0, before).filter(i -> rows[i] != null).toArray();
    if (known.length == 0 || fresh.length == 0) {
      return;
    }
    int[] own = Arrays.stream(known).map(i -> features[i]).toArray();
    double[][] products = design.products(own, fresh);
    for (int i = 0; i < known.length; i++) {
      double[] row = rows[known[i]];
      if (row.length < count) {
        row = Arrays.copyOf(row, Math.max(count, Math.min(mostSlots, row.length * 3 / 2)));
        rows[known[i]] = row;
      }
      for (int k = 0; k < fresh.length; k++) {
        row[before + k] = products[i][k] / divisor;
      }
    }
  }

  /**
   * The products of several features with all that are kept, in one go over the data. What another
   * row has is taken from there.
   */
  void compute(int[] wanted) {
    append(missing(wanted));
  }

  /**
   * The same, and where these are few, the products of those with the largest pulls as well, which
   * are next to be wanted.
   *
   * @param pulls one a feature of the design
   */
  void compute(int[] wanted, double[] pulls) {
    int[] missing = missing(wanted);
    append(missing.length == 0 ? missing : filledUp(missing, pulls));
  }

  private int[] missing(int[] wanted) {
    int[] missing = new int[wanted.length];
    int size = 0;
    for (int feature : wanted) {
      if (isMissing(feature)) {
        missing[size++] = feature;
      }
    }
    return Arrays.copyOf(missing, size);
  }

  /** These features, filled up to a batch by others. */
  private int[] filledUp(int[] missing, double[] pulls) {
    boolean[] isTaken = new boolean[count];
    for (int feature : missing) {
      isTaken[slots[feature]] = true;
    }
    int[] batch = Arrays.copyOf(missing, Math.max(missing.length, BATCH));
    for (int size = missing.length; size < batch.length; size++) {
      int next = -1;
      for (int k = 0; k < count; k++) {
        boolean isOpen = rows[k] == null && !isTaken[k];
        if (isOpen && (next < 0 || size(pulls, k) > size(pulls, next))) {
          next = k;
        }
      }
      if (next < 0) {
        return Arrays.copyOf(batch, size);
      }
      isTaken[next] = true;
      batch[size] = features[next];
    }
    return batch;
  }

  private double size(double[] pulls, int slot) {
    return Math.abs(pulls[features[slot]]);
  }

  private void append(int[] missing) {
    if (missing.length == 0) {
      return;
    }
    int[] open = new int[count];
    int[] others = new int[count];
    int size = 0;
    for (int k = 0; k < count; k++) {
      if (rows[k] == null) {
        open[size] = k;
        others[size++] = features[k];
      }
    }
    double[][] products = design.products(missing, Arrays.copyOf(others, size));
    double[][] fresh = new double[missing.length][count];
    for (int i = 0; i < missing.length; i++) {
      int slot = slots[missing[i]];
      for (int k = 0; k < size; k++) {
        fresh[i][open[k]] = products[i][k] / divisor;
      }
      for (int k = 0; k < count; k++) {
        if (rows[k] != null) {
          fresh[i][k] = rows[k][slot];
        }
      }
    }
    for (int i = 0; i < missing.length; i++) {
      rows[slots[missing[i]]] = fresh[i];
    }
  }

  private boolean isMissing(int feature) {
    return rows[slots[feature]] == null;
  }

  /** The products of a feature that is kept, by slots. Not to be changed, and it may be longer. */
  double[] row(int feature) {
    if (isMissing(feature)) {
      compute(new int[] {feature});
    }
    return rows[slots[feature]];
  }

  /**
   * The x with {@code (X_S'X_S / n) x = target}; empty where the columns of S are not independent.
   */
  double[] solve(int[] support, double[] target) {
    compute(support);
    return factor.solve(support, target, this);
  }
}
