package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {

  /** Row i of x is (i, i + 0.5), y is 10 i, and the weight is i / 4. */
  private static Dataset examples(int count) {
    float[] x = new float[2 * count];
    int[] y = new int[count];
    float[] weight = new float[count];
    for (int i = 0; i < count; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = i + 0.5f;
      y[i] = 10 * i;
      weight[i] = i / 4f;
    }
    return Dataset.of(
        Tensor.of(x, Shape.of(count, 2)),
        Tensor.of(y, Shape.of(count)),
        Tensor.of(weight, Shape.of(count)));
  }

  private static Tensor numbers(int count) {
    return Tensor.of(IntStream.range(0, count).toArray(), Shape.of(count));
  }

  private static Dataset counting(int count) {
    return Dataset.of(numbers(count));
  }

  private static List<List<Integer>> batches(Dataset dataset, long epoch) {
    List<List<Integer>> all = new ArrayList<>();
    try (Batches batches = dataset.batches(epoch)) {
      for (Batch batch : batches) {
        all.add(IntStream.of(batch.x().toInts()).boxed().toList());
      }
    }
    assertThat(all).hasSize(dataset.steps());
    assertThat(all.stream().mapToInt(List::size).sum()).isEqualTo(dataset.size());
    return all;
  }

  private static List<Integer> rows(Dataset dataset, long epoch) {
    return batches(
            dataset.isBatched() ? dataset : dataset.batch(Math.min(3, dataset.size())), epoch)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void keepsTheLastPartialBatch() {
    assertThat(batches(counting(7).batch(3), 0))
        .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "6, 3, 2", "7, 3, 3", "7, 7, 1", "7, 1, 7", "2, 2, 1"})
  void countsExamplesAndSteps(int count, int batchSize, int steps) {
    Dataset dataset = counting(count).batch(batchSize);

    assertThat(dataset.size()).isEqualTo(count);
    assertThat(dataset.steps()).isEqualTo(steps);
    assertThat(rows(dataset, 0)).isEqualTo(range(0, count));
  }

  @Test
  void aBatchLargerThanTheDataIsAnError() {
    assertThatThrownBy(() -> counting(5).batch(32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.batch: expected a size of at most 5, the number of examples, received 32. Use"
                + " batch(5) for one batch of all.");
    assertThatThrownBy(() -> counting(5).take(3).shuffle(1).batch(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a size of at most 3");
    assertThat(batches(counting(5).batch(5), 0)).containsExactly(range(0, 5));
  }

  @Test
  void keepsThePartsOfAnExampleTogether() {
    int seen = 0;
    for (Batch batch : examples(10).shuffle(3).skip(2).batch(4).batches(1)) {
      int[] y = batch.y().orElseThrow().toInts();
      float[] weight = batch.sampleWeight().orElseThrow().toFloats();
      float[] x = batch.x().toFloats();
      assertThat(batch.x().shape()).isEqualTo(Shape.of(batch.size(), 2));
      for (int i = 0; i < batch.size(); i++) {
        assertThat(x[2 * i]).isEqualTo(y[i] / 10f);
        assertThat(x[2 * i + 1]).isEqualTo(y[i] / 10f + 0.5f);
        assertThat(weight[i]).isEqualTo(y[i] / 40f);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(8);
  }

  @Test
  void keepsDtypesAndImageShapes() {
    Tensor images = Tensor.ofUint8(new byte[5 * 6], Shape.of(5, 2, 3));

    for (Batch batch : Dataset.of(images, numbers(5)).batch(5).batches()) {
      assertThat(batch.x().dtype()).isEqualTo(DType.UINT8);
      assertThat(batch.x().shape()).isEqualTo(Shape.of(5, 2, 3));
      assertThat(batch.y().orElseThrow().dtype()).isEqualTo(DType.INT32);
      assertThat(batch.sampleWeight()).isEmpty();
    }
  }

  @Test
  void shufflesEveryEpochAnewAndReproducibly() {
    Dataset dataset = counting(100).shuffle(7).batch(32);
    List<Integer> first = rows(dataset, 0);

    assertThat(first)
        .containsExactlyInAnyOrderElementsOf(range(0, 100))
        .isNotEqualTo(range(0, 100));
    assertThat(rows(dataset, 1))
        .containsExactlyInAnyOrderElementsOf(range(0, 100))
        .isNotEqualTo(first);
    assertThat(rows(dataset, 0)).isEqualTo(first);
    assertThat(rows(counting(100).shuffle(7).batch(5), 0)).isEqualTo(first);
    assertThat(rows(counting(100).shuffle(8).batch(32), 0)).isNotEqualTo(first);
    assertThat(rows(counting(100).shuffle(7 + (1L << 40)).batch(32), 0)).isNotEqualTo(first);
    assertThat(rows(dataset, 1L << 40)).isNotEqualTo(first);
  }

  @Test
  void everyExampleComesFirstAboutEquallyOften() {
    int[] firsts = new int[5];
    for (int epoch = 0; epoch < 1000; epoch++) {
      firsts[rows(counting(5).shuffle(11), epoch).getFirst()]++;
    }

    // 200 expected, standard deviation 12.6.
    assertThat(IntStream.of(firsts)).allMatch(count -> count > 140 && count < 260);
  }

  @Test
  void shuffledTwiceIsStillAPermutation() {
    assertThat(rows(counting(50).shuffle(1).shuffle(2), 3))
        .containsExactlyInAnyOrderElementsOf(range(0, 50));
  }

  @Test
  void takesAndSkipsExamplesBeforeBatch() {
    assertThat(rows(counting(10).take(4), 0)).containsExactly(0, 1, 2, 3);
    assertThat(rows(counting(10).skip(7), 0)).containsExactly(7, 8, 9);
    assertThat(rows(counting(10).skip(2).take(3), 0)).containsExactly(2, 3, 4);
    assertThat(rows(counting(10).take(5).skip(3), 0)).containsExactly(3, 4);
    assertThat(rows(counting(3).take(100).skip(0), 0)).containsExactly(0, 1, 2);
  }

  @Test
  void takesAndSkipsBatchesAfterBatch() {
    Dataset dataset = counting(10).batch(4);

    assertThat(batches(dataset.take(2), 0)).containsExactly(range(0, 4), range(4, 8));
    assertThat(batches(dataset.skip(1), 0)).containsExactly(range(4, 8), range(8, 10));
    assertThat(dataset.skip(1).size()).isEqualTo(6);
    assertThat(batches(dataset.skip(1).take(1), 0)).containsExactly(range(4, 8));
    assertThat(batches(dataset.skip(1).skip(1), 0)).containsExactly(range(8, 10));
  }

  @Test
  void resumesInTheMiddleOfAnEpoch() {
    Dataset dataset = counting(20).shuffle(5).batch(6);

    assertThat(batches(dataset.skip(2), 3)).isEqualTo(batches(dataset, 3).subList(2, 4));
  }

  @Test
  void orderOfStepsIsTheOrderWritten() {
    assertThat(rows(counting(100).take(10).shuffle(1), 0))
        .containsExactlyInAnyOrderElementsOf(range(0, 10));
    Set<Integer> drawn = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      drawn.addAll(rows(counting(100).shuffle(1).take(10), epoch));
    }
    assertThat(drawn).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.8, 8", "100, 0.29, 29", "3, 0.5, 1", "10, 0.99, 9", "60000, 0.9, 54000"})
  void splitsByFractionRoundedDown(int count, double fraction, int first) {
    Dataset.Split split = counting(count).split(fraction);

    assertThat(split.first().size()).isEqualTo(first);
    assertThat(split.rest().size()).isEqualTo(count - first);
    assertThat(rows(split.first().take(2), 0).getFirst()).isZero();
    assertThat(rows(split.rest(), 0).getFirst()).isEqualTo(first);
  }

  @Test
  void noExampleWandersBetweenThePartsOfAShuffledSplit() {
    Dataset shuffled = counting(50).shuffle(9);
    Dataset.Split split = shuffled.split(0.6);
    List<Integer> first = rows(split.first(), 0);
    List<Integer> rest = rows(split.rest(), 0);

    assertThat(first).isEqualTo(rows(shuffled, 0).subList(0, 30));
    assertThat(rest).isEqualTo(rows(shuffled, 0).subList(30, 50));
    for (int epoch = 1; epoch < 5; epoch++) {
      assertThat(rows(split.first(), epoch)).isEqualTo(first);
      assertThat(rows(split.rest(), epoch)).isEqualTo(rest);
      assertThat(rows(split.first().shuffle(2), epoch))
          .isNotEqualTo(first)
          .containsExactlyInAnyOrderElementsOf(first);
    }
  }

  @Test
  void mapsBatches() {
    Dataset dataset =
        examples(5).batch(2).map(b -> b.withX(b.x().multiply(2)).withY(b.x().slice(1, 0, 1)));

    List<Float> xs = new ArrayList<>();
    for (Batch batch : dataset.batches()) {
      xs.add(batch.x().toFloats()[0]);
      assertThat(batch.y().orElseThrow().shape()).isEqualTo(Shape.of(batch.size(), 1));
    }
    assertThat(xs).containsExactly(0f, 4f, 8f);
  }

  @Test
  void mapsExamplesBeforeBatch() {
    Dataset dataset = counting(7).map(b -> b.withX(b.x().add(100))).shuffle(3).batch(3);

    assertThat(rows(dataset, 2)).containsExactlyInAnyOrderElementsOf(range(100, 107));
  }

  @Test
  void refusesAMapThatChangesTheNumberOfRows() {
    Dataset dataset = counting(4).batch(4).map(b -> b.withX(b.x().slice(0, 0, 3)));

    assertThatThrownBy(() -> rows(dataset, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Dataset.map: expected the function to keep the number of rows, 4, received 3 rows"
                + " back. Choose examples with take, skip or split instead.");
  }

  @Test
  void cacheAfterBatchComputesEachBatchOnce() {
    AtomicInteger calls = new AtomicInteger();
    Dataset dataset =
        counting(10)
            .shuffle(4)
            .batch(4)
            .map(b -> {
              calls.incrementAndGet();
              return b;
            })
            .cache();

    assertThat(calls).hasValue(0);
    assertThat(batches(dataset.take(1), 0)).hasSize(1);
    assertThat(calls).hasValue(1);
    List<List<Integer>> first = batches(dataset, 0);
    assertThat(calls).hasValue(3);
    // The order is that of epoch 0 from now on.
    assertThat(batches(dataset, 1)).isEqualTo(first);
    assertThat(first).isEqualTo(batches(counting(10).shuffle(4).batch(4), 0));
    assertThat(calls).hasValue(3);
  }

  @Test
  void cacheBeforeShuffleKeepsExamplesAndNotTheirOrder() {
    AtomicInteger rowsMapped = new AtomicInteger();
    Dataset dataset =
        counting(2500)
            .map(b -> {
              rowsMapped.addAndGet(b.size());
              return b;
            })
            .cache()
            .shuffle(6)
            .batch(1000);

    assertThat(rows(dataset, 1)).isEqualTo(rows(counting(2500).shuffle(6), 1));
    assertThat(rows(dataset, 2)).isEqualTo(rows(counting(2500).shuffle(6), 2));
    assertThat(rowsMapped).hasValue(2500);
  }

  @Test
  void cachesAllThreeParts() {
    Dataset plain = examples(1100).batch(400);
    Dataset cached = examples(1100).cache().batch(400).cache();

    Iterator<Batch> expected = plain.batches().iterator();
    for (Batch batch : cached.batches(5)) {
      Batch other = expected.next();
      assertThat(batch.x().toFloats()).isEqualTo(other.x().toFloats());
      assertThat(batch.y().orElseThrow().toInts()).isEqualTo(other.y().orElseThrow().toInts());
      assertThat(batch.sampleWeight().orElseThrow().toFloats())
          .isEqualTo(other.sampleWeight().orElseThrow().toFloats());
    }
    assertThat(expected.hasNext()).isFalse();
  }

  @Test
  void stepsLeaveTheDatasetAsItWas() {
    Dataset dataset = counting(6);
    Dataset batched = dataset.batch(2);
    Dataset mapped = batched.map(b -> b.withX(b.x().add(1)));

    assertThat(rows(mapped.take(1), 0)).containsExactly(1, 2);
    assertThat(rows(batched, 0)).isEqualTo(range(0, 6));
    assertThat(dataset.isBatched()).isFalse();
    assertThat(dataset.shuffle(1).size()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void anEpochCanBeginAtABatchWithoutThoseBeforeIt(int prefetch) {
    Set<Integer> computed = new HashSet<>();
    Dataset plain =
        counting(11)
            .shuffle(5)
            .batch(3)
            .map(b -> {
              synchronized (computed) {
                IntStream.of(b.x().toInts()).forEach(computed::add);
              }
              return b;
            });
    Dataset data = prefetch > 0 ? plain.prefetch(prefetch) : plain;
    List<List<Integer>> whole = batches(data, 2);
    for (int first = 0; first <= 4; first++) {
      computed.clear();
      List<List<Integer>> rest = new ArrayList<>();
      try (Batches batches = data.batches(2, first)) {
        assertThat(batches.count()).isEqualTo(4);
        assertThat(batches.skippedExamples()).isEqualTo(Math.min(3 * first, 11));
        batches.forEach(batch -> rest.add(IntStream.of(batch.x().toInts()).boxed().toList()));
      }
      assertThat(rest).isEqualTo(whole.subList(first, 4));
      assertThat(computed)
          .containsExactlyInAnyOrderElementsOf(rest.stream().flatMap(List::stream).toList());
    }
    assertThatThrownBy(() -> data.batches(2, 5).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.batches: expected a first batch from 0 to 4, received 5: there are no more in"
                + " an epoch of 11 examples, 4 batches.");
  }

  @Test
  void batchesGoThroughAnEpochOnce() {
    try (Batches batches = counting(5).batch(2).batches()) {
      assertThat(batches.count()).isEqualTo(3);
      Iterator<Batch> iterator = batches.iterator();
      assertThat(iterator.next().x().toInts()).containsExactly(0, 1);
      assertThat(batches.iterator().next().x().toInts()).containsExactly(2, 3);
      assertThat(iterator.next().x().toInts()).containsExactly(4);
      assertThat(iterator.hasNext()).isFalse();
      assertThatThrownBy(iterator::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage(
              "Batches: expected at most 3 calls of next, one for each batch of the epoch, and"
                  + " none once closed. Ask hasNext() first.");
    }
  }

  @Test
  void nothingComesOnceClosed() {
    Batches batches = counting(5).batch(2).batches();
    Iterator<Batch> iterator = batches.iterator();

    batches.close();

    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesAnEmptyDataSet() {
    assertThatThrownBy(() -> Dataset.of(Tensor.of(new float[0], Shape.of(0, 28))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.of: expected at least one example, received x of shape (0, 28): the data set"
                + " is empty. Check how it was loaded or filtered.");
  }

  @Test
  void refusesLengthsThatDiffer() {
    assertThatThrownBy(() -> Dataset.of(numbers(5), numbers(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "y: expected as many rows as x, 5, received shape (4,). Drop the rows that have no"
                + " partner, or check which of the two was loaded wrongly.");
    assertThatThrownBy(() -> Dataset.of(numbers(5), numbers(5), numbers(6)))
        .hasMessageStartingWith(
            "sampleWeight: expected as many rows as x, 5, received shape (6,).");
  }

  @Test
  void refusesScalarsAndWeightsThatAreNoList() {
    Tensor column = Tensor.of(new float[5], Shape.of(5, 1));

    assertThatThrownBy(() -> Dataset.of(Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x: expected one row for each example, received a scalar. Use expandDims(0) if it is a"
                + " single example.");
    assertThatThrownBy(() -> Dataset.of(numbers(5), numbers(5), column))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sampleWeight: expected one number for each example, shape (5,), received shape (5, 1)."
                + " Use sampleWeight.reshape(5) if it is a column.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesCountsBelowOne(int count) {
    assertThatThrownBy(() -> counting(3).batch(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.batch: expected a size of at least 1, received "
                + count
                + ". Keras's default is 32.");
    assertThatThrownBy(() -> counting(3).take(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.take: expected at least 1, received "
                + count
                + ": nothing would be left of 3 examples.");
    assertThatThrownBy(() -> counting(3).prefetch(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.prefetch: expected at least 1 batch, received "
                + count
                + ". Leave prefetch out to prepare each batch when it is asked for.");
  }

  @Test
  void refusesToSkipEverything() {
    assertThatThrownBy(() -> counting(10).batch(4).skip(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.skip: expected 0 to 2, received 3: nothing would be left of 10 examples, 3"
                + " batches.");
    assertThatThrownBy(() -> counting(10).skip(-1))
        .hasMessage("Dataset.skip: expected 0 to 9, received -1.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN, 0.1, 1e-300})
  void refusesASplitThatLeavesAPartEmpty(double fraction) {
    assertThatThrownBy(() -> counting(3).split(fraction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.split: expected a fraction between 0 and 1 that leaves examples on both sides,"
                + " received "
                + fraction
                + " of 3 examples.");
  }

  @Test
  void namesTheRightOrderOfSteps() {
    Dataset batched = counting(10).batch(4);

    assertThatThrownBy(() -> batched.shuffle(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Dataset.shuffle: expected examples, received 10 examples, 3 batches. Call shuffle"
                + " before batch.");
    assertThatThrownBy(() -> batched.split(0.5)).hasMessageContaining("Call split before batch.");
    assertThatThrownBy(() -> batched.batch(2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> counting(10).batches())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Dataset.batches: expected batches, received 10 examples. Call batch(size) first, for"
                + " example batch(32).");
    assertThatThrownBy(() -> counting(10).steps()).isInstanceOf(IllegalStateException.class);
  }

  private static List<List<Integer>> viaIndices(Dataset dataset, long epoch) {
    RowIndices indices = dataset.rowIndices(epoch).orElseThrow();
    int[] data = indices.data().x().toInts();
    int[] rows = new int[100];
    List<List<Integer>> all = new ArrayList<>();
    for (int step = 0; step < indices.steps(); step++) {
      indices.read(step, rows);
      all.add(IntStream.of(rows).limit(indices.size(step)).map(row -> data[row]).boxed().toList());
    }
    return all;
  }

  @Test
  void rowIndicesNameTheRowsOfEachBatch() {
    List<Dataset> datasets =
        List.of(
            counting(10).batch(4),
            counting(10).batch(10),
            counting(10).shuffle(3).batch(4),
            counting(20).skip(3).shuffle(3).take(11).shuffle(5).batch(4).prefetch(2),
            counting(20).shuffle(3).split(0.7).rest().shuffle(1).batch(4),
            counting(20).shuffle(3).batch(6).skip(1),
            counting(20).shuffle(3).batch(6).take(3).skip(1).take(1));

    for (Dataset dataset : datasets) {
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(viaIndices(dataset, epoch)).isEqualTo(batches(dataset, epoch));
      }
    }
  }

  @Test
  void rowIndicesNeedRowsAsTheyAre() {
    assertThat(counting(4).map(b -> b).batch(2).rowIndices(0)).isEmpty();
    assertThat(counting(4).cache().shuffle(1).batch(2).take(1).rowIndices(0)).isEmpty();
    assertThat(counting(4).batch(2).map(b -> b).rowIndices(0)).isEmpty();
    assertThat(counting(4).batch(2).cache().rowIndices(0)).isEmpty();
    assertThatThrownBy(() -> counting(4).rowIndices(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rowIndicesCheckStepAndArray() {
    RowIndices indices = counting(10).batch(4).rowIndices(0).orElseThrow();

    assertThatThrownBy(() -> indices.read(3, new int[4]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "RowIndices.read: expected a step from 0 to 2 and an array of at least its size (at"
                + " most 4), received step 3 and length 4.");
    assertThatThrownBy(() -> indices.read(0, new int[3]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageEndingWith("received step 0 and length 3.");
    assertThat(indices.size(2)).isEqualTo(2);
  }

  @Test
  void printsWhatItHolds() {
    assertThat(counting(10)).hasToString("Dataset(10 examples)");
    assertThat(counting(10).batch(4).skip(1)).hasToString("Dataset(6 examples, 2 batches)");
  }
}
