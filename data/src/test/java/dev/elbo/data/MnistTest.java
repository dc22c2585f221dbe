package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MnistTest {

  @Test
  void sampleIsTheBeginningOfBothParts() {
    ImageSplits sample = Mnist.sample();

    assertThat(sample.train().images().shape()).isEqualTo(Shape.of(10_000, 28, 28));
    assertThat(sample.train().images().dtype()).isEqualTo(DType.UINT8);
    assertThat(sample.test().images().shape()).isEqualTo(Shape.of(2_000, 28, 28));
    // The first digits of MNIST, as everybody who has plotted them knows them.
    assertThat(Arrays.copyOf(sample.train().labels().toInts(), 10))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(Arrays.copyOf(sample.test().labels().toInts(), 10))
        .containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
  }

  @Test
  void sampleHoldsAllTenDigitsAboutEquallyOften() {
    int[] counts = new int[10];
    for (int label : Mnist.sample().train().labels().toInts()) {
      counts[label]++;
    }

    assertThat(counts).containsExactly(1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978);
  }

  @Test
  void sampleShowsInkOnAnEmptyBorder() {
    byte[] pixels = Mnist.sample().train().images().toBytes();
    long sum = 0;
    for (byte pixel : pixels) {
      sum += Byte.toUnsignedInt(pixel);
    }

    // MNIST's mean pixel is 0.1307 of 255; this part's is close to it.
    assertThat(sum / (255.0 * pixels.length)).isBetween(0.129, 0.132);
    assertThat(pixels[0]).isZero();
    assertThat(pixels[pixels.length - 1]).isZero();
  }

  @Test
  void sampleCarriesItsLicence() throws IOException {
    try (InputStream text = Mnist.class.getResourceAsStream("mnist-sample/LICENSE.txt")) {
      assertThat(text).isNotNull();
      assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Yann LeCun", "Corinna Cortes", "Christopher J.C. Burges")
          .contains("CC BY-SA 3.0")
          .contains("first 10,000");
    }
  }

  @Test
  void sourcesAreReachedOverHttpsAndEndInASlash() {
    assertThat(
            Stream.of(Mnist.SOURCE, FashionMnist.SOURCE)
                .flatMap(source -> source.mirrors().stream()))
        .hasSize(4)
        .allSatisfy(mirror -> assertThat(mirror.toString()).startsWith("https://").endsWith("/"));
  }

  @Test
  void fashionHasTenClassNames() {
    assertThat(FashionMnist.classNames())
        .hasSize(10)
        .startsWith("T-shirt/top")
        .endsWith("Ankle boot");
  }
}
