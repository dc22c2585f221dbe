package dev.elbo.tensor.internal.kernel;

/**
 * A matrix whose rows lie in an image: row i consists of runs of neighbouring elements, the same
 * runs for all rows, counted from where row i begins. Row i of its product with another matrix is
 * written where {@link #targets} says.
 */
public final class ImageRows {
  private final int[] places;
  private final int[] targets;
  private final int[] runs;
  private final int depth;

  /**
   * Keeps the arrays, which nobody may change any more.
   *
   * @param places where each row begins
   * @param targets where each row of the product begins, as many
   * @param runs of each run, where it begins in a row, and its length
   */
  public ImageRows(int[] places, int[] targets, int[] runs) {
    if (places.length != targets.length || runs.length % 2 != 0) {
      throw new IllegalArgumentException(
          "ImageRows: expected as many targets as places and pairs of runs, received "
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
    for (int run = 1; run < runs.length; run += 2) {
      sum += runs[run];
    }
    depth = sum;
  }

  /** How many rows there are. */
  public int rows() {
    return places.length;
  }

  /** Elements of a row. */
  public int depth() {
    return depth;
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
