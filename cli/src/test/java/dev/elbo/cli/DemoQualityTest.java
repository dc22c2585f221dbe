package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.data.DataCache;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How good the demo's models become: {@code ./verify -Pslow verify}. */
@Tag("slow")
final class DemoQualityTest {
  private static final Pattern LAST_LINE =
      Pattern.compile(
          "test elbo: (-\\d+\\.\\d\\d) nats \\(reconstruction \\d+\\.\\d\\d, kl \\d+\\.\\d\\d\\)");

  @TempDir private Path out;

  private double testElbo(String... arguments) {
    List<String> command = new ArrayList<>(List.of("demo", "--out", out.toString()));
    command.addAll(List.of(arguments));
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine(new PrintWriter(output, true), new PrintWriter(errors, true))
            .execute(command.toArray(String[]::new));
    assertThat(errors.toString()).isEmpty();
    assertThat(status).isZero();
    Matcher last = LAST_LINE.matcher(output.toString().lines().toList().getLast());
    assertThat(last.matches()).as(output.toString()).isTrue();
    return Double.parseDouble(last.group(1));
  }

  @Test
  void theDefaultDemoOnTheSample() {
    assertThat(testElbo()).isGreaterThan(-112);
  }

  @Test
  void theWholeOfMnist() {
    Path cache = DataCache.folder().resolve("mnist");
    assumeTrue(
        Files.exists(cache.resolve("train-images-idx3-ubyte"))
            || Files.exists(cache.resolve("train-images-idx3-ubyte.gz")),
        "the whole of MNIST is not in " + cache + ": run golden/fetch-mnist");

    assertThat(testElbo("--data", "mnist", "--epochs", "20", "--latent", "20")).isGreaterThan(-105);
  }
}
