package dev.elbo.data;

import java.util.function.IntUnaryOperator;

/** Which rows of some tensors the batches of one epoch are made of. Immutable. */
public final class RowIndices {
  private final Batch data;
  private final IntUnaryOperator row;
  private final int batchSize;
  private final int from;
  private final int to;

  /** Batches of the positions {@code from} to {@code to}; position i is row {@code row(i)}. */
  RowIndices(Batch data, IntUnaryOperator row, int batchSize, int from, int to) {
    this.data = data;
    this.row = row;
    this.batchSize = batchSize;
    this.from = from;
    this.to = to;
  }

  /** The whole tensors that the rows are numbers of. */
  public Batch data() {
    return data;
  }

  /** Number of batches. */
  public int steps() {
    return Math.ceilDiv(to - from, batchSize);
  }

  /** Number of rows in a batch; fewer in the last one if they do not divide evenly. */
  public int size(int step) {
    return (int) Math.min(batchSize, to - start(step));
  }

  /**
   * Writes the row numbers of a batch to the beginning of an array, and allocates nothing.
   *
   * @param into at least {@code size(step)} long
   * @throws IndexOutOfBoundsException if there is no such step, or the array is too short
   */
  public void read(int step, int[] into) {
    if (step < 0 || step >= steps() || into.length < size(step)) {
      throw new IndexOutOfBoundsException(
          "RowIndices.read: expected a step from 0 to "
              + (steps() - 1)
              + " and an array of at least its size (at most "
              + batchSize
              + "), received step "
              + step
              + " and length "
              + into.length
              + ".");
    }
    int start = (int) start(step);
    int size = size(step);
    for (int i = 0; i < size; i++) {
      into[i] = row.applyAsInt(start + i);
    }
  }

  /** {@code count} batches from number {@code first} on. */
  RowIndices window(int first, int count) {
    int start = (int) start(first);
    return new RowIndices(
        data, row, batchSize, start, (int) Math.min(start + (long) count * batchSize, to));
  }

  private long start(int step) {
    return from + (long) step * batchSize;
  }
}
