package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.Model;
import dev.elbo.vae.Vae;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process: signals, options of the JVM, and how it ends. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DemoProcessTest {
  private static final List<String> SCALAR = List.of("-Xmx512m", "-Delbo.kernels=scalar");
  private static final String UNENDING = "100000000";

  @TempDir private Path home;

  private List<String> demo(Path out, String... more) throws IOException {
    Path digits = TinyDigits.write(home.resolve("digits"));
    List<String> arguments = new ArrayList<>(List.of("demo", "--data", digits.toString()));
    arguments.addAll(List.of("--batch-size", "20", "--latent", "3", "--out", out.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  // ---- signals ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @DisabledOnOs(OS.WINDOWS)
  void aSignalEndsTrainingAndEverythingIsWritten(String signal, int status)
      throws IOException, InterruptedException {
    Path out = home.resolve("out");
    try (ElboProcess elbo =
        ElboProcess.start(Map.of(), SCALAR, demo(out, "--hidden", "8", "--epochs", UNENDING))) {
      elbo.awaitLine("Epoch 1/" + UNENDING);
      elbo.signal(signal);

      assertThat(elbo.await()).as(elbo::toString).isEqualTo(status);
      assertThat(elbo.errors()).isEmpty();
      List<String> lines = elbo.output().lines().toList();
      assertThat(lines)
          .contains("Stopping after this step; writing model and report ...")
          .anyMatch(line ->
              line.matches("Stopped in epoch \\d+ of " + UNENDING + ", after step [123] of 3\\."));
      assertThat(lines.getLast()).matches("test elbo: -\\d+\\.\\d\\d nats \\(.*\\)");
      assertThat(lines.get(lines.size() - 2))
          .isEqualTo("fingerprint: " + Vae.load(out.resolve("model.elbo")).weightsFingerprint());
    }
    assertThat(out.resolve("report.html"))
        .content()
        .contains("Training was stopped in epoch ", " of 100000000, after step ")
        .doesNotContain("gives weights with the same fingerprint");
    assertThat(Model.readMetadata(out.resolve("model.elbo")))
        .hasEntrySatisfying("stopped", where -> assertThat(where).startsWith("in epoch "));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSignalSwallowsNoError() throws IOException, InterruptedException {
    Path out = home.resolve("out");
    try (ElboProcess elbo =
        ElboProcess.start(Map.of(), SCALAR, demo(out, "--hidden", "8", "--epochs", UNENDING))) {
      elbo.awaitLine("Epoch 1/" + UNENDING);
      Files.createDirectories(out.resolve("model.elbo"));
      elbo.signal("INT");

      assertThat(elbo.await()).as(elbo::toString).isEqualTo(130);
      assertThat(elbo.errors())
          .startsWith("elbo demo: " + out.resolve("model.elbo") + ": ")
          .doesNotContain("mistake in Elbo", "\tat ");
    }
    assertThat(out.resolve("report.html")).doesNotExist();
  }

  // ---- options of the JVM, memory, network ------------------------------------------------------

  private void refuses(List<String> options, List<String> arguments, String... message)
      throws IOException, InterruptedException {
    try (ElboProcess elbo = ElboProcess.start(Map.of(), options, arguments)) {
      assertThat(elbo.await()).as(elbo::toString).isEqualTo(2);
      assertThat(elbo.errors().lines().filter(line -> !line.startsWith("WARNING: Using incubator")))
          .as(elbo::toString)
          .singleElement()
          .asString()
          .contains(message);
    }
  }

  @ParameterizedTest
  @CsvSource({"version", "--version"})
  void kernelsThatDoNotExist(String command) throws IOException, InterruptedException {
    refuses(
        List.of("-Delbo.kernels=foo"),
        List.of(command),
        "elbo",
        ": -Delbo.kernels: expected scalar or vector, received 'foo'. Leave it out to use the"
            + " fastest.");
  }

  @Test
  void noThreads() throws IOException, InterruptedException {
    refuses(
        List.of("-Delbo.kernels=scalar", "-Delbo.threads=0"),
        demo(home.resolve("out")),
        "elbo demo: -Delbo.threads: expected a whole number of 1 or more, received '0'.");
  }

  @Test
  void vectorKernelsWithoutTheirModule() throws IOException, InterruptedException {
    refuses(
        List.of("-Delbo.kernels=vector"),
        List.of("version"),
        "elbo version: -Delbo.kernels=vector: expected the module jdk.incubator.vector");
  }

  @Test
  void moreMemoryThanThereIs() throws IOException, InterruptedException {
    Path out = home.resolve("out");

    refuses(
        List.of("-Xmx64m", "-Delbo.kernels=scalar"),
        demo(out, "--hidden", "1000000"),
        "elbo demo: out of memory: Java may use 64 MB here. Give it more, as in './elbo -Xmx",
        "or use a smaller model or smaller batches (--hidden, --latent, --batch-size)");
    assertThat(out).doesNotExist();
  }

  @Test
  void noNetworkAndNothingCached() throws IOException, InterruptedException {
    Path out = home.resolve("out");
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    try (ElboProcess elbo =
        ElboProcess.start(
            Map.of("ELBO_HOME", home.resolve("cache").toString()),
            List.of(
                "-Delbo.kernels=scalar",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + closedPort),
            List.of("demo", "--data", "mnist", "--out", out.toString()))) {
      assertThat(elbo.await()).as(elbo::toString).isEqualTo(2);
      assertThat(elbo.errors())
          .startsWith("elbo demo: MNIST: expected train-images-idx3-ubyte (or .gz) in ")
          .contains("golden/fetch-mnist")
          .doesNotContain("\tat ");
    }
    assertThat(out).doesNotExist();
    try (var left = Files.walk(home.resolve("cache")).filter(Files::isRegularFile)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).containsOnly(".lock");
    }
  }
}
