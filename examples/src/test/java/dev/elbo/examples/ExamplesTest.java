package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.data.DataCache;
import dev.elbo.data.ImageSplits;
import dev.elbo.data.Mnist;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The examples learn: a little in one epoch on the embedded sample, and what is promised on MNIST.
 */
class ExamplesTest {
  @Test
  void mlpLearns() {
    assertThat(MlpExample.testAccuracy(Mnist.sample(), 1, 1)).isBetween(0.85, 1.0);
  }

  @Test
  void convolutionLearns() {
    assertThat(ConvolutionExample.testAccuracy(Mnist.sample(), 1, 1)).isBetween(0.88, 1.0);
  }

  @Test
  void theProgramsPrintTheAccuracy() {
    assertThat(printed(() -> MlpExample.main(new String[] {"sample", "1", "2"})).lines())
        .anyMatch(line -> line.matches("seed 2: test accuracy 0\\.\\d{4}"))
        .last()
        .asString()
        .matches("mean test accuracy: 0\\.\\d{4}");
    assertThat(printed(() -> ConvolutionExample.main(new String[] {"sample", "1"})).lines())
        .last()
        .asString()
        .matches("test accuracy: 0\\.\\d{4}");
  }

  /** What a program prints, also where numbers have commas; it logs nothing. */
  private static String printed(Runnable program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    Locale country = Locale.getDefault();
    List<String> logged = new ArrayList<>();
    Handler handler = new Listener(logged);
    Logger logger = Logger.getLogger("dev.elbo.nn");
    logger.addHandler(handler);
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Locale.setDefault(Locale.GERMANY);
      program.run();
    } finally {
      System.setOut(before);
      Locale.setDefault(country);
      logger.removeHandler(handler);
    }
    assertThat(logged).as("findings of the linter").isEmpty();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class Listener extends Handler {
    private final List<String> messages;

    private Listener(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord entry) {
      messages.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  // ---- what the README and the issue promise: ./verify -Pslow verify ----------------------------

  /** The whole of MNIST, if it is cached: a test downloads nothing. */
  private static ImageSplits cachedMnist() {
    Path cache = DataCache.folder().resolve("mnist");
    assumeTrue(
        Files.exists(cache.resolve("train-images-idx3-ubyte"))
            || Files.exists(cache.resolve("train-images-idx3-ubyte.gz")),
        "the whole of MNIST is not in " + cache + ": run golden/fetch-mnist");
    return Mnist.load();
  }

  @Test
  @Tag("slow")
  void mlpReachesItsAccuracyOnMnist() {
    ImageSplits data = cachedMnist();

    double mean =
        IntStream.rangeClosed(1, 3)
            .mapToDouble(seed -> MlpExample.testAccuracy(data, 20, seed))
            .average()
            .orElseThrow();

    assertThat(mean).isGreaterThanOrEqualTo(0.979);
  }

  @Test
  @Tag("slow")
  void convolutionReachesItsAccuracyOnMnist() {
    assertThat(ConvolutionExample.testAccuracy(cachedMnist(), 6, 1)).isGreaterThanOrEqualTo(0.989);
  }
}
