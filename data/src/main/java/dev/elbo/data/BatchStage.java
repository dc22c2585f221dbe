package dev.elbo.data;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** A stage from {@code batch} on: batch i of an epoch can be had by its number. */
sealed interface BatchStage extends Stage {

  /** The batches of one epoch by number. */
  IntFunction<Batch> open(long epoch);

  /** Number of examples in the batches before a given one. */
  int examplesBefore(int batch);

  @Override
  default int examples() {
    return examplesBefore(size());
  }

  /** Examples in groups of {@code batchSize}; the last group may be smaller. */
  record Batched(RowStage rows, int batchSize) implements BatchStage {
    @Override
    public int size() {
      return Math.ceilDiv(rows.size(), batchSize);
    }

    @Override
    public int examplesBefore(int batch) {
      return (int) Math.min((long) batch * batchSize, rows.size());
    }

    @Override
    public IntFunction<Batch> open(long epoch) {
      RowStage.Rows opened = rows.open(epoch);
      return batch ->
          opened.gather(RowStage.range(examplesBefore(batch), examplesBefore(batch + 1)));
    }
  }

  /** {@code size} batches from number {@code from} on. */
  record Window(BatchStage upstream, int from, int size) implements BatchStage {
    @Override
    public int examplesBefore(int batch) {
      return upstream.examplesBefore(from + batch) - upstream.examplesBefore(from);
    }

    @Override
    public IntFunction<Batch> open(long epoch) {
      IntFunction<Batch> batches = upstream.open(epoch);
      return batch -> batches.apply(from + batch);
    }
  }

  /** A function of each batch. */
  record Mapped(BatchStage upstream, UnaryOperator<Batch> function) implements BatchStage {
    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public int examplesBefore(int batch) {
      return upstream.examplesBefore(batch);
    }

    @Override
    public IntFunction<Batch> open(long epoch) {
      IntFunction<Batch> batches = upstream.open(epoch);
      return batch -> Dataset.apply(function, batches.apply(batch));
    }
  }

  /** The batches of epoch 0, each kept when it has been computed. */
  final class Cached implements BatchStage {
    private final BatchStage upstream;
    private final AtomicReferenceArray<Batch> held;

    Cached(BatchStage upstream) {
      this.upstream = upstream;
      this.held = new AtomicReferenceArray<>(upstream.size());
    }

    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public int examplesBefore(int batch) {
      return upstream.examplesBefore(batch);
    }

    @Override
    public IntFunction<Batch> open(long epoch) {
      IntFunction<Batch> batches = upstream.open(0);
      return number -> {
        Batch batch = held.get(number);
        if (batch == null) {
          // Two threads may compute the same batch; both then return the one that was kept.
          held.compareAndSet(number, null, Dataset.evaluate(batches.apply(number)));
          batch = held.get(number);
        }
        return batch;
      };
    }
  }
}
