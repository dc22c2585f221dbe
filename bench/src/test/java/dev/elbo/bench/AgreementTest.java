package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AgreementTest {
  @Test
  void theDifferenceIsAShareOfLargeNumbersAndAbsoluteBelowOne() {
    assertThat(Agreement.difference(new double[] {100, 0.5}, new double[] {101, 0.5}))
        .isCloseTo(0.01, within(1e-12));
    assertThat(Agreement.difference(new double[] {0.5}, new double[] {0.75})).isEqualTo(0.25);
  }

  @Test
  void whatCannotBeComparedNeverAgrees() {
    assertThat(Agreement.difference(new double[] {1}, new double[] {1, 2})).isNaN();
    assertThat(Agreement.difference(new double[] {}, new double[] {})).isNaN();
    assertThat(Agreement.difference(new double[] {1, 2}, new double[] {Double.NaN, 2})).isNaN();
  }
}
