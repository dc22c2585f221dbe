package dev.elbo.tensor.internal.kernel;

/**
 * A matrix whose rows lie in an image: row i consists of runs of neighbouring elements, the same
 * runs for all rows, counted from where row i begins. Each run meets some rows of the filters; rows
 * that no run meets take no part. Row i of the product is written where {@link #targets} says.
 */
public final class ImageRows {
  private final int[] places;
  private final int[] targets;
  private final int[] runs;
  private final int depth;
  private final int filterRows;
  private final boolean shares;

  /**
   * Keeps the arrays, which nobody may change any more.
   *
   * @param places where each row begins
   * @param targets where each row of the product begins, as many
   * @param runs of each run, where it begins in a row, its length, and the first row of the filters
   *     that it meets, ascending
   * @param filterRows rows of the filters
   * @param shares whether other rows meet the same packed filters
   */
  public ImageRows(int[] places, int[] targets, int[] runs, int filterRows, boolean shares) {
    if (places.length != targets.length || runs.length % 3 != 0) {
      throw new IllegalArgumentException(
          "ImageRows: expected as many targets as places and three numbers a run, received "
              + places.length
              + " places, "
              + targets.length
              + " targets, "
              + runs.length
              + " numbers of runs.");
    }
    this.places = places;
    this.targets = targets;
    this.runs = runs;
    int sum = 0;
    for (int run = 1; run < runs.length; run += 3) {
      sum += runs[run];
    }
    depth = sum;
    this.filterRows = filterRows;
    this.shares = shares;
  }

  /** How many rows there are. */
  public int rows() {
    return places.length;
  }

  /** Elements of a row. */
  public int depth() {
    return depth;
  }

  /** Rows of the filters, whether a run meets them or not. */
  public int filterRows() {
    return filterRows;
  }

  /**
   * Whether rows with other runs meet the same packed filters, so that how they are packed must not
   * depend on the runs.
   */
  public boolean shares() {
    return shares;
  }

  public int[] places() {
    return places;
  }

  public int[] targets() {
    return targets;
  }

  public int[] runs() {
    return runs;
  }
}
