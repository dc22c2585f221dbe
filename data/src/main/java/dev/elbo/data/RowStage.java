package dev.elbo.data;

import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A stage before {@code batch}: examples can be had in any order, any number at a time. */
sealed interface RowStage extends Stage {

  /** The examples in the order of one epoch. */
  Rows open(long epoch);

  @Override
  default int examples() {
    return size();
  }

  /** The examples of one epoch. */
  @FunctionalInterface
  interface Rows {
    /** The examples at some positions, counted in the order of the epoch. */
    Batch gather(int[] positions);

    /** These examples with what was at {@code order(i)} at i. */
    default Rows reordered(IntUnaryOperator order) {
      return positions -> gather(IntStream.of(positions).map(order).toArray());
    }
  }

  /** Rows of the tensors that the user gave, as they are: number {@code row(i)} at i. */
  record Direct(Batch data, IntUnaryOperator row) implements Rows {
    @Override
    public Batch gather(int[] positions) {
      return data.gather(IntStream.of(positions).map(row).toArray());
    }

    @Override
    public Rows reordered(IntUnaryOperator order) {
      return new Direct(data, row.compose(order));
    }
  }

  /** What the user gave. */
  record Source(Batch data) implements RowStage {
    @Override
    public int size() {
      return data.size();
    }

    @Override
    public Rows open(long epoch) {
      return new Direct(data, IntUnaryOperator.identity());
    }
  }

  /** {@code size} examples from position {@code from} on. */
  record Window(RowStage upstream, int from, int size) implements RowStage {
    @Override
    public Rows open(long epoch) {
      return upstream.open(epoch).reordered(position -> from + position);
    }
  }

  /** Another order in each epoch. */
  record Shuffled(RowStage upstream, long seed) implements RowStage {
    /** Keeps the order independent of whatever else is drawn with the same seed. */
    private static final int STREAM = 0x53485546;

    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public Rows open(long epoch) {
      Tensor key = SeedGenerator.key(seed, epoch);
      int[] order = Random.permutation(size()).stream(STREAM).key(key).toInts();
      return upstream.open(epoch).reordered(position -> order[position]);
    }
  }

  /** The order of epoch 0 in every epoch. */
  record Pinned(RowStage upstream) implements RowStage {
    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public Rows open(long epoch) {
      return upstream.open(0);
    }
  }

  /** A function of however many examples are asked for. */
  record Mapped(RowStage upstream, UnaryOperator<Batch> function) implements RowStage {
    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public Rows open(long epoch) {
      Rows rows = upstream.open(epoch);
      return positions -> Dataset.apply(function, rows.gather(positions));
    }
  }

  /** The examples of epoch 0, computed when one is first asked for and kept. */
  final class Cached implements RowStage {
    /** Enough to make the calls cheap, little enough for what a function needs in between. */
    private static final int CHUNK = 1024;

    private final RowStage upstream;
    private volatile @Nullable Batch held;

    Cached(RowStage upstream) {
      this.upstream = upstream;
    }

    @Override
    public int size() {
      return upstream.size();
    }

    @Override
    public Rows open(long epoch) {
      return positions -> held().gather(positions);
    }

    private Batch held() {
      Batch data = held;
      return data == null ? compute() : data;
    }

    private synchronized Batch compute() {
      Batch data = held;
      if (data != null) {
        return data;
      }
      Rows rows = upstream.open(0);
      List<Batch> chunks = new ArrayList<>();
      for (int from = 0; from < size(); from += CHUNK) {
        int[] positions = range(from, Math.min(from + CHUNK, size()));
        chunks.add(Dataset.evaluate(rows.gather(positions)));
      }
      data = join(chunks);
      held = data;
      return data;
    }

    private static Batch join(List<Batch> chunks) {
      Batch first = chunks.getFirst();
      return Dataset.evaluate(
          new Batch(
              concat(chunks.stream().map(Batch::x).toList()),
              first.y().map(y -> concat(chunks.stream().flatMap(b -> b.y().stream()).toList())),
              first
                  .sampleWeight()
                  .map(w ->
                      concat(chunks.stream().flatMap(b -> b.sampleWeight().stream()).toList()))));
    }

    private static Tensor concat(List<Tensor> parts) {
      return parts.size() == 1 ? parts.getFirst() : Tensor.concat(parts, 0);
    }
  }

  /** The positions {@code from} (inclusive) to {@code to} (exclusive). */
  static int[] range(int from, int to) {
    int[] positions = new int[to - from];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from + i;
    }
    return positions;
  }
}
