package dev.elbo.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedArraysTest {
  @Test
  void numbersLieBetweenMinusOneAndOneAndAreTheSameEachTime() {
    float[] values = SharedArrays.uniform(10_000, 7);
    double sum = 0;
    for (float value : values) {
      assertThat(value).isBetween(-1f, 1f);
      sum += value;
    }

    assertThat(sum / values.length).isBetween(-0.05, 0.05);
    assertThat(SharedArrays.uniform(10_000, 7)).containsExactly(values);
    assertThat(SharedArrays.uniform(10_000, 8)).isNotEqualTo(values);
  }

  @Test
  void theFirstNumbersOfAFileAreRead(@TempDir Path directory) {
    Path file = directory.resolve("numbers");
    SharedArrays.write(file, new float[] {1.5f, -2, 3});

    assertThat(SharedArrays.floats(file, 2)).containsExactly(1.5f, -2);
    assertThatThrownBy(() -> SharedArrays.floats(file, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected 16 bytes, received 12");
  }

  @Test
  void aSampleHasEqualDistances() {
    float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(SharedArrays.sample(values, 3)).containsExactly(0, 3, 6);
    assertThat(SharedArrays.sample(values, 100)).hasSize(9);
  }

  @Test
  void samePaddingIsTensorFlows() {
    ConvSetting even = new ConvSetting(ConvSetting.Direction.FORWARD, 1, 28, 1, 1, 3, 2, 1);
    ConvSetting odd = new ConvSetting(ConvSetting.Direction.FORWARD, 1, 7, 1, 1, 5, 1, 1);

    assertThat(even.outputSize()).isEqualTo(14);
    assertThat(even.paddingBefore()).isZero();
    assertThat(even.paddingAfter()).isEqualTo(1);
    assertThat(odd.outputSize()).isEqualTo(7);
    assertThat(odd.paddingBefore()).isEqualTo(2);
    assertThat(odd.paddingAfter()).isEqualTo(2);
  }
}
