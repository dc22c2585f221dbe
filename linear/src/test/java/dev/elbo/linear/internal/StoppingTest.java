package dev.elbo.linear.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoppingTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void aGapDecidesAndOtherwiseTheViolation() {
    Stopping stopping = new Stopping(1e-3, 1e-2, 10);
    assertThat(stopping.isReached(new Gap(1e-3, 1, 5))).isTrue();
    assertThat(stopping.isReached(new Gap(2e-3, 1, 0))).isFalse();
    assertThat(stopping.isReached(new Gap(Double.NaN, Double.NaN, 1e-2))).isTrue();
    assertThat(stopping.isReached(new Gap(Double.NaN, Double.NaN, 2e-2))).isFalse();
  }

  @Test
  void aBoundThatOverflowedIsNeverReached() {
    Stopping stopping = new Stopping(INFINITE, INFINITE, 10);
    assertThat(stopping.isReached(new Gap(INFINITE, 1, 0))).isFalse();
    assertThat(stopping.isReached(new Gap(0, 1, 0))).isFalse();
    assertThat(stopping.isReached(new Gap(Double.NaN, Double.NaN, 1))).isFalse();
  }
}
