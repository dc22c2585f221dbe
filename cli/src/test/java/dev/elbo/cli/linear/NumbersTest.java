package dev.elbo.cli.linear;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-250, -250",
    "0.1, 0.1",
    "12.3456, 12.35",
    "0.000123456, 0.0001235",
    "0.00001, 1.00e-05",
    "9999.96, 10000",
    "1234567, 1234567",
    "1e7, 1.00e+07",
    "NaN, NaN"
  })
  void brief(double value, String text) {
    assertThat(Numbers.brief(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.48765, 0.488", "-0.0004, 0.000", "-0.0006, -0.001", "NaN, NaN"})
  void score(double value, String text) {
    assertThat(Numbers.score(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {"age|age", "town=Bonn|town=Bonn", "a,b|\"a,b\"", "say \"x\"|\"say \"\"x\"\"\""})
  void field(String text, String field) {
    assertThat(Numbers.field(text)).isEqualTo(field);
  }
}
