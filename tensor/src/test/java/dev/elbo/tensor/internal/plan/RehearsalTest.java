package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  private static LongSupplier nanos(long... cycle) {
    AtomicInteger runs = new AtomicInteger();
    return () -> cycle[runs.getAndIncrement() % cycle.length];
  }

  @Test
  void endsAfterEightTurnsOfAFasterPlan() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    LongSupplier next =
        () -> {
          runs.incrementAndGet();
          return 10;
        };
    assertThat(new Rehearsal(next, nanos(20), LONG, LONG).run()).isTrue();
    assertThat(runs).hasValue(8);
  }

  @Test
  void bearsWithATurnInFiveThatWasDisturbed() throws InterruptedException {
    assertThat(new Rehearsal(nanos(10, 10, 10, 10, 30), nanos(20), LONG, LONG).run()).isTrue();
  }

  @Test
  void doesNotTakeAPlanThatIsFasterInTwoTurnsOfThree() throws InterruptedException {
    assertThat(new Rehearsal(nanos(10, 10, 30), nanos(20), SHORT, LONG).run()).isFalse();
  }

  @Test
  void endsWhereNothingIsGained() throws InterruptedException {
    assertThat(new Rehearsal(nanos(20), nanos(10), SHORT, LONG).run()).isFalse();
  }

  @Test
  void endsAtItsTimeWhateverIsGained() throws InterruptedException {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    LongSupplier next = () -> left.accumulateAndGet(2, (nanos, divisor) -> nanos / divisor);
    LongSupplier present = () -> -1;
    assertThat(new Rehearsal(next, present, LONG, SHORT).run()).isFalse();
  }
}
