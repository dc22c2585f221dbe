package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BarTest {
  @Test
  void aBarIsMetAtItsLimit() {
    assertThat(Bar.atLeast("rate", 0.8, 0.8).met()).isTrue();
    assertThat(Bar.atLeast("rate", 0.8, 0.79).met()).isFalse();
    assertThat(Bar.atMost("growth", 1.05, 1.05).met()).isTrue();
    assertThat(Bar.atMost("growth", 1.05, 1.06).met()).isFalse();
  }

  @Test
  void whatIsUnknownMeetsNoBar() {
    assertThat(Bar.atLeast("rate", 0, Double.NaN).met()).isFalse();
    assertThat(Bar.atMost("growth", 10, Double.NaN).met()).isFalse();
  }

  @Test
  void aBarReadsAsASentence() {
    assertThat(Bar.atLeast("batch 32: times as fast", 3, 2.5).toString())
        .isEqualTo("batch 32: times as fast: at least 3, measured 2.50: NOT MET");
    assertThat(Bar.atMost("ms", 1000, 700).toString())
        .isEqualTo("ms: at most 1000, measured 700: met");
  }
}
