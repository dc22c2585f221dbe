package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PrefetchTest {
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> computed = new ConcurrentLinkedQueue<>();

  /** {@code count} batches of one example, seen by {@code step} on the way. */
  private Dataset counting(int count, UnaryOperator<Batch> step) {
    Tensor x = Tensor.of(IntStream.range(0, count).toArray(), Shape.of(count));
    return Dataset.of(x)
        .batch(1)
        .map(batch -> {
          threads.add(Thread.currentThread());
          Batch result = step.apply(batch);
          computed.add(number(batch));
          return result;
        });
  }

  private static int number(Batch batch) {
    return batch.x().toInts()[0];
  }

  /** Waits for the workers to end, which they do when they are as far ahead as they may be. */
  private void awaitIdle() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void givesTheSameBatchesInTheSameOrder(int depth) {
    List<Integer> seen = new ArrayList<>();

    try (Batches batches = counting(20, b -> b).prefetch(depth).batches()) {
      for (Batch batch : batches) {
        seen.add(number(batch));
      }
    }

    assertThat(seen).isEqualTo(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void worksOnVirtualThreads() {
    try (Batches batches = counting(3, b -> b).prefetch(1).batches()) {
      for (Batch batch : batches) {
        assertThat(batch.size()).isEqualTo(1);
      }
    }

    assertThat(threads).hasSize(3).allMatch(Thread::isVirtual);
  }

  @Test
  void staysWithinItsDepthAndLeavesNoThreadWaiting() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    Dataset dataset =
        counting(
            20,
            batch -> {
              begun.release();
              return batch;
            });
    Iterator<Batch> iterator = dataset.prefetch(3).batches().iterator();

    assertThat(computed).isEmpty();
    assertThat(number(iterator.next())).isZero();
    begun.acquire(4);
    awaitIdle();

    // One was taken and three are ready; the thread has ended although nobody closed anything.
    assertThat(computed).containsExactly(0, 1, 2, 3);
    assertThat(threads).noneMatch(Thread::isAlive);

    assertThat(number(iterator.next())).isEqualTo(1);
    begun.acquire();
    awaitIdle();
    assertThat(computed).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void runsAheadWhileTheCallerWorks() throws InterruptedException {
    CountDownLatch third = new CountDownLatch(1);
    Dataset dataset =
        counting(
            10,
            batch -> {
              if (number(batch) == 2) {
                third.countDown();
              }
              return batch;
            });

    try (Batches batches = dataset.prefetch(2).batches()) {
      assertThat(number(batches.iterator().next())).isZero();
      third.await(); // Batch 2 is computed although only batch 0 was asked for.
    }
  }

  @Test
  void throwsWhatAStepThrewWhenItsTurnComes() {
    IllegalStateException broken = new IllegalStateException("pixel out of place");
    Dataset dataset =
        counting(
            10,
            batch -> {
              if (number(batch) == 2) {
                throw broken;
              }
              return batch;
            });

    try (Batches batches = dataset.prefetch(4).batches()) {
      Iterator<Batch> iterator = batches.iterator();
      assertThat(number(iterator.next())).isZero();
      assertThat(number(iterator.next())).isEqualTo(1);
      assertThatThrownBy(iterator::next).isSameAs(broken);
      assertThatThrownBy(iterator::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the iteration was closed or has failed");
    }
    assertThat(computed).containsExactly(0, 1);
  }

  @Test
  void throwsErrorsToo() {
    Dataset dataset =
        counting(
            3,
            batch -> {
              throw new AssertionError("no way");
            });

    try (Batches batches = dataset.prefetch(1).batches()) {
      Iterator<Batch> iterator = batches.iterator();
      assertThatThrownBy(iterator::next).isInstanceOf(AssertionError.class).hasMessage("no way");
    }
  }

  @Test
  void closingWaitsForTheBatchInWorkAndStopsThere() throws InterruptedException {
    Semaphore permits = new Semaphore(1);
    CountDownLatch second = new CountDownLatch(1);
    Dataset dataset =
        counting(
            10,
            batch -> {
              if (number(batch) == 1) {
                second.countDown();
              }
              permits.acquireUninterruptibly();
              return batch;
            });
    Batches batches = dataset.prefetch(5).batches();
    assertThat(number(batches.iterator().next())).isZero();
    second.await();
    Thread closer = Thread.ofVirtual().start(batches::close);

    permits.release(100);
    closer.join();

    assertThat(batches.iterator().hasNext()).isFalse();
    awaitIdle();
    // Whether batch 2 had begun when close came is open; nothing begins afterwards.
    int done = computed.size();
    batches.close();
    assertThat(computed).hasSize(done);
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void closingBeforeTheFirstBatchStartsNothing() {
    try (Batches batches = counting(3, b -> b).prefetch(2).batches()) {
      assertThat(batches.count()).isEqualTo(3);
    }

    assertThat(threads).isEmpty();
  }

  @Test
  void appliesWhereverItIsWritten() {
    Tensor x = Tensor.of(IntStream.range(0, 9).toArray(), Shape.of(9));
    Dataset early = Dataset.of(x).prefetch(2).shuffle(4).batch(2);
    Dataset late = Dataset.of(x).shuffle(4).batch(2).prefetch(2);
    List<Integer> seen = new ArrayList<>();

    try (Batches batches = early.batches(3);
        Batches others = late.batches(3)) {
      Iterator<Batch> iterator = others.iterator();
      for (Batch batch : batches) {
        assertThat(batch.x().toInts()).isEqualTo(iterator.next().x().toInts());
        seen.add(batch.size());
      }
    }
    assertThat(seen).containsExactly(2, 2, 2, 2, 1);
  }
}
