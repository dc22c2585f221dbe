package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.tensor.Tensor;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Examples and how to go through them: an immutable pipeline with the words of {@code tf.data}.
 *
 * <pre>{@code
 * Dataset data = Dataset.of(images, labels).shuffle(7).batch(32).prefetch(2);
 * for (int epoch = 0; epoch < 20; epoch++) {
 *   try (Batches batches = data.batches(epoch)) {
 *     for (Batch batch : batches) { ... }
 *   }
 * }
 * }</pre>
 *
 * <p>Steps apply in the order written: {@code shuffle(s).take(n)} draws n other examples in each
 * epoch, {@code take(n).shuffle(s)} reorders the first n. Before {@link #batch}, {@link #take} and
 * {@link #skip} count examples, after it batches. What an epoch yields depends on its number alone,
 * so a run that resumes at epoch 5 sees what it would have seen.
 */
@CheckReturnValue
public final class Dataset {
  private final Stage stage;
  private final int prefetch;

  private Dataset(Stage stage, int prefetch) {
    this.stage = stage;
    this.prefetch = prefetch;
  }

  /**
   * Inputs alone; row i is example i.
   *
   * @throws IllegalArgumentException if {@code x} is a scalar or has no rows
   */
  public static Dataset of(Tensor x) {
    return of(Batch.of(x));
  }

  /**
   * Inputs and targets; row i of each is example i.
   *
   * @throws IllegalArgumentException if one is a scalar, there are no rows, or the numbers of rows
   *     differ
   */
  public static Dataset of(Tensor x, Tensor y) {
    return of(Batch.of(x, y));
  }

  /**
   * Inputs, targets and what each example counts in the loss, (n).
   *
   * @throws IllegalArgumentException if one is a scalar, there are no rows, or the numbers of rows
   *     differ
   */
  public static Dataset of(Tensor x, Tensor y, Tensor sampleWeight) {
    return of(Batch.of(x, y, sampleWeight));
  }

  /**
   * The examples of one big batch.
   *
   * @throws IllegalArgumentException if it has no rows
   */
  public static Dataset of(Batch examples) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException(
          "Dataset.of: expected at least one example, received x of shape "
              + examples.x().shape()
              + ": the data set is empty. Check how it was loaded or filtered.");
    }
    // A pending tensor would be computed again, whole, for each batch that reads some of its rows.
    return new Dataset(new RowStage.Source(evaluate(examples)), 0);
  }

  /**
   * Another order in each epoch: that of epoch e is set by (seed, e) and by nothing else. All
   * examples take part, however many there are.
   *
   * @throws IllegalStateException after {@link #batch}, where it would leave each batch as it is
   */
  public Dataset shuffle(long seed) {
    return with(new RowStage.Shuffled(rows("shuffle"), seed));
  }

  /**
   * Groups of {@code size} examples. The last one is smaller if they do not divide evenly; it is
   * kept.
   *
   * @throws IllegalArgumentException if size is below 1, or beyond the number of examples: somebody
   *     took the data for larger than it is
   * @throws IllegalStateException after another batch
   */
  public Dataset batch(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "Dataset.batch: expected a size of at least 1, received "
              + size
              + ". Keras's default is 32.");
    }
    RowStage rows = rows("batch");
    if (size > rows.size()) {
      throw new IllegalArgumentException(
          "Dataset.batch: expected a size of at most "
              + rows.size()
              + ", the number of examples, received "
              + size
              + ". Use batch("
              + rows.size()
              + ") for one batch of all.");
    }
    return with(new BatchStage.Batched(rows, size));
  }

  /**
   * Passes every batch through a function, such as a cast and a scaling. Before {@link #batch} it
   * receives however many examples are wanted at a time: let it treat each row alike. It may change
   * shapes and dtypes, and may not change the number of rows. It runs again in each epoch; {@link
   * #cache} keeps its results. Under {@link #prefetch} it runs on another thread.
   */
  public Dataset map(UnaryOperator<Batch> function) {
    return with(
        switch (stage) {
          case RowStage rows -> new RowStage.Mapped(rows, function);
          case BatchStage batches -> new BatchStage.Mapped(batches, function);
        });
  }

  /**
   * Keeps in memory what comes out of the steps before, the first time it is computed, and never
   * asks them again. So an order drawn by an earlier {@link #shuffle} stays that of epoch 0: cache
   * first, then shuffle.
   */
  public Dataset cache() {
    return with(
        switch (stage) {
          case RowStage rows -> new RowStage.Cached(rows);
          case BatchStage batches -> new BatchStage.Cached(batches);
        });
  }

  /**
   * Prepares up to {@code batches} batches ahead on a virtual thread, wherever in the pipeline this
   * is written. What a step throws there, the iterator throws when its turn comes.
   *
   * @throws IllegalArgumentException if below 1
   */
  public Dataset prefetch(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "Dataset.prefetch: expected at least 1 batch, received "
              + batches
              + ". Leave prefetch out to prepare each batch when it is asked for.");
    }
    return new Dataset(stage, batches);
  }

  /**
   * The first {@code count} examples (after {@link #batch}: batches), or all if there are fewer.
   *
   * @throws IllegalArgumentException if below 1
   */
  public Dataset take(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Dataset.take: expected at least 1, received "
              + count
              + ": nothing would be left of "
              + describe()
              + ".");
    }
    return window(0, Math.min(count, stage.size()));
  }

  /**
   * All but the first {@code count} examples (after {@link #batch}: batches).
   *
   * @throws IllegalArgumentException if negative, or if nothing would be left
   */
  public Dataset skip(int count) {
    if (count < 0 || count >= stage.size()) {
      throw new IllegalArgumentException(
          "Dataset.skip: expected 0 to "
              + (stage.size() - 1)
              + ", received "
              + count
              + (count < 0 ? "." : ": nothing would be left of " + describe() + "."));
    }
    return window(count, stage.size() - count);
  }

  /**
   * Two parts, in the order at hand: the first {@code fraction} of the examples (rounded down), and
   * the rest. After {@link #shuffle} it is the order of epoch 0 that is cut, and both parts keep
   * it: no example ever wanders from one part into the other. Shuffle the first part again to
   * train.
   *
   * @param fraction between 0 and 1, both excluded
   * @throws IllegalArgumentException if outside, or if one part would be empty
   * @throws IllegalStateException after {@link #batch}
   */
  public Split split(double fraction) {
    RowStage rows = new RowStage.Pinned(rows("split"));
    // 0.29 * 100 is 28.999999999999996: what is a whole number on paper stays one.
    int first = (int) Math.floor(fraction * rows.size() + 1e-9 * rows.size());
    if (!(fraction > 0 && fraction < 1) || first == 0 || first == rows.size()) {
      throw new IllegalArgumentException(
          "Dataset.split: expected a fraction between 0 and 1 that leaves examples on both sides,"
              + " received "
              + fraction
              + " of "
              + describe()
              + ".");
    }
    return new Split(
        with(new RowStage.Window(rows, 0, first)),
        with(new RowStage.Window(rows, first, rows.size() - first)));
  }

  /** The two parts of a split. */
  public record Split(Dataset first, Dataset rest) {}

  /** Number of examples in an epoch. */
  public int size() {
    return stage.examples();
  }

  /**
   * Number of batches in an epoch.
   *
   * @throws IllegalStateException before {@link #batch}
   */
  public int steps() {
    return batched("steps").size();
  }

  /** Whether {@link #batch} has been called, so that {@link #batches} may be. */
  public boolean isBatched() {
    return stage instanceof BatchStage;
  }

  /**
   * The batches of epoch 0.
   *
   * @throws IllegalStateException before {@link #batch}
   */
  public Batches batches() {
    return batches(0);
  }

  /**
   * The batches of an epoch. Going through the same epoch again gives the same batches, as far as
   * the functions given to {@link #map} do.
   *
   * @throws IllegalStateException before {@link #batch}
   */
  public Batches batches(long epoch) {
    return batches(epoch, 0);
  }

  /**
   * The batches of an epoch from number {@code first} on; those before it are not computed. So a
   * run that resumes in the midst of an epoch sees what it would have seen.
   *
   * @param first from 0 to {@link #steps}, which leaves none
   * @throws IllegalArgumentException if outside
   * @throws IllegalStateException before {@link #batch}
   */
  public Batches batches(long epoch, int first) {
    BatchStage batched = batched("batches");
    if (first < 0 || first > batched.size()) {
      throw new IllegalArgumentException(
          "Dataset.batches: expected a first batch from 0 to "
              + batched.size()
              + ", received "
              + first
              + ": there are no more in an epoch of "
              + describe()
              + ".");
    }
    IntFunction<Batch> source = batched.open(epoch);
    if (prefetch == 0) {
      return new Batches(batched, first, source, () -> {});
    }
    Prefetcher ahead =
        new Prefetcher(number -> source.apply(first + number), batched.size() - first, prefetch);
    return new Batches(batched, first, number -> ahead.next(), ahead::close);
  }

  /**
   * Which rows of the given tensors the batches of an epoch are made of, for a training step that
   * picks its rows itself instead of being handed copies. Empty if {@link #map} or {@link #cache}
   * stands in between.
   *
   * @throws IllegalStateException before {@link #batch}
   */
  public Optional<RowIndices> rowIndices(long epoch) {
    return rowIndices(batched("rowIndices"), epoch);
  }

  private static Optional<RowIndices> rowIndices(BatchStage stage, long epoch) {
    return switch (stage) {
      case BatchStage.Batched(RowStage rows, int size)
          when rows.open(epoch) instanceof RowStage.Direct(Batch data, IntUnaryOperator row) ->
          Optional.of(new RowIndices(data, row, size, 0, rows.size()));
      case BatchStage.Window(BatchStage upstream, int from, int size) ->
          rowIndices(upstream, epoch).map(indices -> indices.window(from, size));
      default -> Optional.empty();
    };
  }

  /** Such as {@code Dataset(60000 examples, 1875 batches)}. */
  @Override
  public String toString() {
    return "Dataset(" + describe() + ")";
  }

  /** Computes a batch's tensors now, on this thread, rather than when somebody reads them. */
  static Batch evaluate(Batch batch) {
    return batch.each(Tensor::evaluate);
  }

  /** Applies a function of {@link #map}, and checks what it may not do. */
  static Batch apply(UnaryOperator<Batch> function, Batch batch) {
    Batch result = function.apply(batch);
    if (result.size() != batch.size()) {
      throw new IllegalStateException(
          "Dataset.map: expected the function to keep the number of rows, "
              + batch.size()
              + ", received "
              + result.size()
              + " rows back. Choose examples with take, skip or split instead.");
    }
    return result;
  }

  private Dataset with(Stage next) {
    return new Dataset(next, prefetch);
  }

  private Dataset window(int from, int size) {
    return with(
        switch (stage) {
          case RowStage rows -> new RowStage.Window(rows, from, size);
          case BatchStage batches -> new BatchStage.Window(batches, from, size);
        });
  }

  private RowStage rows(String step) {
    return switch (stage) {
      case RowStage rows -> rows;
      case BatchStage batches ->
          throw new IllegalStateException(
              "Dataset."
                  + step
                  + ": expected examples, received "
                  + describe()
                  + ". Call "
                  + step
                  + " before batch.");
    };
  }

  private BatchStage batched(String step) {
    return switch (stage) {
      case BatchStage batches -> batches;
      case RowStage rows ->
          throw new IllegalStateException(
              "Dataset."
                  + step
                  + ": expected batches, received "
                  + describe()
                  + ". Call batch(size) first, for example batch(32).");
    };
  }

  private String describe() {
    return stage instanceof BatchStage
        ? stage.examples() + " examples, " + stage.size() + " batches"
        : stage.examples() + " examples";
  }
}
