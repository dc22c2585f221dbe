package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void runsEveryChunkOnce(int threads) {
    try (Team team = Team.of(threads)) {
      for (int chunks : new int[] {0, 1, 2, 3, 7, 64, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(chunks);
        team.run(chunks, (chunk, slot) -> runs.incrementAndGet(chunk));
        for (int chunk = 0; chunk < chunks; chunk++) {
          assertThat(runs.get(chunk)).as("chunk %d of %d", chunk, chunks).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void sharesChunksAmongItsThreadsEachWithASlotOfItsOwn() {
    try (Team team = Team.of(3)) {
      ConcurrentHashMap<Integer, Thread> owners = new ConcurrentHashMap<>();
      CyclicBarrier all = new CyclicBarrier(3);
      // Each chunk waits for two others, so that three threads must be at work at once.
      team.run(
          3,
          (chunk, slot) -> {
            owners.put(slot, Thread.currentThread());
            await(all);
          });
      assertThat(owners).containsOnlyKeys(0, 1, 2);
      assertThat(owners.get(0)).isSameAs(Thread.currentThread());
      assertThat(owners.values()).doesNotHaveDuplicates();
      assertThat(owners.get(1).isDaemon()).isTrue();
      assertThat(team.size()).isEqualTo(3);
    }
  }

  @Test
  void makesTheCallerSeeWhatItsHelpersWrote() {
    try (Team team = Team.of(2)) {
      int[] values = new int[256];
      for (int round = 1; round <= 2000; round++) {
        int number = round;
        team.run(values.length, (chunk, slot) -> values[chunk] = number + chunk);
        for (int chunk = 0; chunk < values.length; chunk++) {
          if (values[chunk] != number + chunk) {
            assertThat(values[chunk])
                .as("round %d, chunk %d", round, chunk)
                .isEqualTo(number + chunk);
          }
        }
      }
    }
  }

  @Test
  void throwsWhatAChunkThrewAndWorksOn() {
    try (Team team = Team.of(2)) {
      RuntimeException thrown = new IllegalStateException("chunk 3");
      AtomicInteger after = new AtomicInteger();
      assertThatThrownBy(() ->
              team.run(
                  1 << 30,
                  (chunk, slot) -> {
                    if (chunk == 3) {
                      throw thrown;
                    }
                    if (chunk > 3) {
                      after.incrementAndGet();
                    }
                  }))
          .isSameAs(thrown);
      assertThat(after.get()).as("chunks that ran all the same").isLessThan((1 << 30) - 4);

      AtomicInteger runs = new AtomicInteger();
      team.run(100, (chunk, slot) -> runs.incrementAndGet());
      assertThat(runs.get()).isEqualTo(100);
    }
  }

  @Test
  void throwsWhatAHelperThrewOnceAllClaimedChunksHaveEnded() {
    try (Team team = Team.of(2)) {
      CyclicBarrier both = new CyclicBarrier(2);
      AtomicInteger ended = new AtomicInteger();
      assertThatThrownBy(() ->
              team.run(
                  2,
                  (chunk, slot) -> {
                    await(both);
                    if (slot == 1) {
                      throw new AssertionError("of the helper");
                    }
                    ended.incrementAndGet();
                  }))
          .isInstanceOf(AssertionError.class)
          .hasMessage("of the helper");
      assertThat(ended.get()).isEqualTo(1);
    }
  }

  @Test
  void keepsASecondFailureAsSuppressed() {
    try (Team team = Team.of(2)) {
      CyclicBarrier both = new CyclicBarrier(2);
      assertThatThrownBy(() ->
              team.run(
                  2,
                  (chunk, slot) -> {
                    await(both);
                    throw new IllegalStateException("slot " + slot);
                  }))
          .isInstanceOf(IllegalStateException.class)
          .satisfies(thrown ->
              assertThat(List.of(thrown.getMessage(), thrown.getSuppressed()[0].getMessage()))
                  .containsExactlyInAnyOrder("slot 0", "slot 1"));
    }
  }

  @Test
  void runsATaskWithinATaskOnTheThreadThatAsks() {
    try (Team team = Team.of(2)) {
      AtomicInteger inner = new AtomicInteger();
      team.run(
          8,
          (chunk, slot) -> {
            Thread outer = Thread.currentThread();
            team.run(
                5,
                (innerChunk, innerSlot) -> {
                  assertThat(Thread.currentThread()).isSameAs(outer);
                  assertThat(innerSlot).isZero();
                  inner.incrementAndGet();
                });
          });
      assertThat(inner.get()).isEqualTo(40);
    }
  }

  @Test
  void servesManyCallersAtOnce() throws InterruptedException {
    try (Team team = Team.of(3)) {
      AtomicInteger wrong = new AtomicInteger();
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        callers.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int round = 0; round < 3000; round++) {
                    AtomicInteger sum = new AtomicInteger();
                    team.run(17, (chunk, slot) -> sum.addAndGet(chunk + 1));
                    if (sum.get() != 17 * 18 / 2) {
                      wrong.incrementAndGet();
                    }
                  }
                }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(wrong.get()).isZero();
    }
  }

  @Test
  void keepsTheCallersInterrupt() {
    try (Team team = Team.of(2)) {
      CyclicBarrier both = new CyclicBarrier(2);
      AtomicInteger runs = new AtomicInteger();
      Thread caller = Thread.currentThread();
      team.run(
          2,
          (chunk, slot) -> {
            await(both);
            if (slot == 1) {
              until(() -> caller.getState() == Thread.State.WAITING);
              caller.interrupt();
            }
            runs.incrementAndGet();
          });
      assertThat(runs.get()).isEqualTo(2);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void allocatesNothingInSteadyState() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Team team = Team.of(2)) {
      int[] sums = new int[2];
      Team.Task task = (chunk, slot) -> sums[slot] += chunk;
      for (int i = 0; i < 20_000; i++) {
        team.run(8, task);
      }
      long before = threads.getTotalThreadAllocatedBytes();
      long own = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10_000; i++) {
        team.run(8, task);
      }
      long caller = threads.getCurrentThreadAllocatedBytes() - own;
      long all = threads.getTotalThreadAllocatedBytes() - before;
      assertThat(caller).as("bytes of the caller in 10,000 runs").isLessThan(2_000);
      // Other threads of the JVM may allocate meanwhile, so this is a bound for each run only.
      assertThat(all).as("bytes of all threads in 10,000 runs").isLessThan(10_000 * 16);
    }
  }

  @Test
  void runsOnTheCallerOnceClosed() {
    Team team = Team.of(2);
    team.close();
    List<Integer> chunks = new ArrayList<>();
    team.run(3, (chunk, slot) -> chunks.add(10 * slot + chunk));
    assertThat(chunks).containsExactly(0, 1, 2);
  }

  @Test
  void refusesATeamOfNobody() {
    assertThatThrownBy(() -> Team.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Team: expected 1 thread or more, received 0.");
  }

  @Test
  void refusesToCloseTheSharedTeam() {
    assertThatThrownBy(() -> Team.shared().close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Team: the shared team cannot be closed.");
  }

  @Test
  void takesItsSizeFromThePropertyOrTheCores() {
    assertThat(Team.threads(null)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(Team.threads(" 3 ")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", ""})
  void namesAPropertyThatIsNoNumberOfThreads(String value) {
    assertThatThrownBy(() -> Team.threads(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Delbo.threads: expected a whole number of 1 or more, received '%s'. Leave it out to"
                + " use one thread for each core.",
            value);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("30 seconds are up").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other threads of the team did not come", e);
    }
  }
}
