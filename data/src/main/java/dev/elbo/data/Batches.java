package dev.elbo.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * The batches of one epoch, once through. Where the data set prefetches, whoever may stop before
 * the end closes this (try-with-resources), so that no work goes on behind it.
 */
public final class Batches implements Iterable<Batch>, AutoCloseable {
  private final int count;
  private final IntFunction<Batch> source;
  private final Runnable onClose;
  private final int skippedExamples;
  private int next;

  /** The batches of an epoch from number {@code first} on. */
  Batches(BatchStage epoch, int first, IntFunction<Batch> source, Runnable onClose) {
    this.count = epoch.size();
    this.skippedExamples = epoch.examplesBefore(first);
    this.source = source;
    this.onClose = onClose;
    this.next = first;
  }

  /** Number of examples in the batches that were passed over, before the first of these. */
  public int skippedExamples() {
    return skippedExamples;
  }

  /** Number of batches in the epoch, those already taken and those passed over included. */
  public int count() {
    return count;
  }

  /**
   * Goes on with the batches that have not been taken yet; there is no way back. {@code next()}
   * throws what a function given to {@link Dataset#map} threw for that batch, and {@link
   * NoSuchElementException} at the end or once closed.
   */
  @Override
  public Iterator<Batch> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException(
              "Batches: expected at most "
                  + count
                  + " calls of next, one for each batch of the epoch, and none once closed. Ask"
                  + " hasNext() first.");
        }
        return source.apply(next++);
      }
    };
  }

  /** Ends what runs in the background, and returns once it has ended. */
  @Override
  public void close() {
    next = count;
    onClose.run();
  }
}
