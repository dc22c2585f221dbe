package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
  private static final int LEAST_MILLIS = 1_000;
  private static final int ROUND_MILLIS = 100;

  /** How many rounds are run in a process that has worked for so long, given what each measures. */
  private static int rounds(long workedMillis, IntToDoubleFunction measured) {
    int[] rounds = {0};
    WarmUp.run(
        () -> measured.applyAsDouble(rounds[0]++),
        () -> workedMillis + (long) ROUND_MILLIS * rounds[0],
        LEAST_MILLIS);
    return rounds[0];
  }

  @Test
  void aNewProcessGoesOnAfterTwoIdleRounds() {
    assertThat(rounds(0, _ -> 5)).isEqualTo(LEAST_MILLIS / ROUND_MILLIS);
  }

  @Test
  void whatAProcessHasWorkedBeforeCounts() {
    assertThat(rounds(400, _ -> 5)).isEqualTo(6);
  }

  @Test
  void aProcessThatHasWorkedLongEnoughStopsAfterTwoIdleRounds() {
    assertThat(rounds(LEAST_MILLIS, _ -> 5)).isEqualTo(3);
    assertThat(rounds(LEAST_MILLIS, round -> round < 4 ? 10 - round : 7)).isEqualTo(6);
  }

  @Test
  void whatGetsFasterWithoutEndIsStopped() {
    assertThat(rounds(LEAST_MILLIS, round -> Math.pow(0.5, round))).isEqualTo(12);
  }
}
