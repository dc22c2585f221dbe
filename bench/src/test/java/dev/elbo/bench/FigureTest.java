package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class FigureTest {
  @Test
  void theMedianAndTheQuartilesAreTaken() {
    Figure figure = Figure.of(new double[] {5, 1, 4, 2, 3}, "1 thread");

    assertThat(figure.median()).isEqualTo(3);
    assertThat(figure.spread()).isCloseTo((4.0 - 2) / 3, within(1e-12));
    assertThat(figure.setting()).isEqualTo("1 thread");
  }

  @Test
  void fewRoundsHaveNoSpread() {
    assertThat(Figure.of(new double[] {2, 1, 3}, "").spread()).isNaN();
    assertThat(Figure.of(2).spread()).isNaN();
  }

  @Test
  void aTimeBecomesARate() {
    assertThat(Figure.of(2).rate(4e6).median()).isCloseTo(2, within(1e-12));
  }
}
