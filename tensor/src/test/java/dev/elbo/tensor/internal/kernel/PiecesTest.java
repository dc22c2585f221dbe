package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 8, 1",
    "1, 8, 1",
    "8, 8, 8",
    "10, 8, 5",
    "16, 12, 8",
    "17, 8, 5",
    "64, 8, 8",
    "100, 8, 8",
    "9, 2, 2",
    "16, 6, 4",
    "5, 1, 1",
    "3, 1, 1"
  })
  void piecesAreAboutAlike(long units, int most, int expected) {
    assertThat(Pieces.units(units, most)).isEqualTo(expected);
  }
}
