package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.internal.kernel.Team;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs the chunks of a chain, in which order, and what becomes of a failure. */
class ChainTest {
  private static final int[] NOBODY = {};

  /** What a chunk of a step does. */
  private interface Work {
    void run(int chunk);
  }

  private record Fake(int chunks, Work work) implements Step {
    @Override
    public double cost() {
      return 1e9;
    }

    @Override
    public List<Touch> touches() {
      return List.of();
    }

    @Override
    public void begin(Frame frame) {}

    @Override
    public void run(int chunk, int slot, Frame frame) {
      work.run(chunk);
    }

    @Override
    public void end(Frame frame) {}

    @Override
    public String describe() {
      return "fake";
    }
  }

  private static void execute(Chain chain, int threads) {
    Frame frame = new Frame(new Object[0], 1, threads, 0);
    try (Team team = Team.of(threads)) {
      for (int run = 0; run < 3; run++) {
        frame.execute(chain, team);
      }
    }
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /** Two chunks, of which the first is waited for by 16 others. */
  private static Chain fan(Work first, Work other) {
    int[][] followers = new int[18][];
    int[] waits = new int[18];
    followers[0] = range(2, 18);
    followers[1] = NOBODY;
    for (int i = 2; i < 18; i++) {
      followers[i] = NOBODY;
      waits[i] = 1;
    }
    return new Chain(0, List.of(new Fake(2, first), new Fake(16, other)), followers, waits);
  }

  @Test
  void oneThreadGoesOnWithWhatHasJustBecomePossible() {
    List<String> order = new ArrayList<>();
    int[][] followers = {{3, 4}, {5}, {6}, {7}, NOBODY, NOBODY, NOBODY, NOBODY};
    int[] waits = {0, 0, 0, 1, 1, 1, 1, 1};
    List<Step> steps =
        List.of(
            new Fake(3, chunk -> order.add("a" + chunk)),
            new Fake(4, chunk -> order.add("b" + chunk)),
            new Fake(1, chunk -> order.add("c" + chunk)));
    Frame frame = new Frame(new Object[0], 1, 1, 0);
    frame.execute(new Chain(0, steps, followers, waits), Team.alone());
    assertThat(order).containsExactly("a0", "b0", "c0", "b1", "a1", "b2", "a2", "b3");
  }

  @Test
  void threadsWithNothingLeftTakeWhatFollowsOthers() {
    CountDownLatch two = new CountDownLatch(2);
    Work meets =
        chunk -> {
          two.countDown();
          try {
            assertThat(two.await(10, TimeUnit.SECONDS)).as("another chunk begins").isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    execute(fan(chunk -> {}, meets), 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyChunkRunsOnceAndAfterThoseThatItWaitsFor(int threads) {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    execute(fan(ran::add, chunk -> ran.add(2 + chunk)), threads);
    assertThat(ran).hasSize(54);
    for (int run = 0; run < 3; run++) {
      List<Integer> once = ran.subList(18 * run, 18 * (run + 1));
      assertThat(once).doesNotHaveDuplicates();
      for (int chunk = 2; chunk < 18; chunk++) {
        assertThat(once.indexOf(0)).isLessThan(once.indexOf(chunk));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aChunkWaitsForAllOfThose(int threads) {
    // Eight chunks, and seven that each wait for two neighbours of them.
    int[][] followers = new int[15][];
    int[] waits = new int[15];
    for (int i = 0; i < 8; i++) {
      followers[i] = range(Math.max(8, 7 + i), Math.min(15, 9 + i));
    }
    for (int i = 8; i < 15; i++) {
      followers[i] = NOBODY;
      waits[i] = 2;
    }
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    List<Step> steps = List.of(new Fake(8, ran::add), new Fake(7, chunk -> ran.add(8 + chunk)));
    execute(new Chain(0, steps, followers, waits), threads);
    for (int run = 0; run < 3; run++) {
      List<Integer> once = ran.subList(15 * run, 15 * (run + 1));
      assertThat(once).doesNotHaveDuplicates();
      for (int i = 0; i < 7; i++) {
        assertThat(once.subList(0, once.indexOf(8 + i))).contains(i, i + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void failureOfWhatFollowsEndsAll(int threads) {
    Work fails =
        chunk -> {
          if (chunk == 7) {
            throw new IllegalStateException("chunk 7");
          }
        };
    assertThatThrownBy(() -> execute(fan(chunk -> {}, fails), threads)).hasMessage("chunk 7");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void failureEndsAll(int threads) {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    Work fails =
        chunk -> {
          if (chunk == 0) {
            throw new IllegalStateException("chunk 0");
          }
        };
    assertThatThrownBy(() -> execute(fan(fails, ran::add), threads)).hasMessage("chunk 0");
    assertThat(ran).isEmpty();
  }
}
