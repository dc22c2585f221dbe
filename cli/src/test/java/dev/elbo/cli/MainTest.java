package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine elbo =
      Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

  @Test
  void versionNamesElboAndTheJvm() {
    assertThat(elbo.execute("version")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("elbo \\d+\\.\\d+\\.\\d+.*"))
        .anyMatch(line -> line.startsWith("jdk " + Runtime.version()));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionOptionPrintsTheSame() {
    elbo.execute("version");
    String command = out.toString();
    out.getBuffer().setLength(0);

    assertThat(elbo.execute("--version")).isZero();
    assertThat(out.toString()).isEqualTo(command);
  }

  @Test
  void anUnknownOptionIsTheUsersMistake() {
    assertThat(elbo.execute("version", "--colour")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("elbo version: Unknown option: '--colour'")
        .contains("See 'elbo version --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void optionsOfTheJvmGoBeforeTheCommand() {
    assertThat(elbo.execute("version", "-Xmx8g")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("elbo version: Unknown option: '-Xmx8g'")
        .contains("go before the command: ./elbo -Xmx8g demo");
  }

  @Test
  void noCommandIsTheUsersMistake() {
    assertThat(elbo.execute()).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("elbo: Missing required subcommand")
        .contains("Commands: demo, linear, tour, version.", "See 'elbo --help'.");
  }

  static Stream<Arguments> mistakesOfTheUser() {
    return Stream.of(
        Arguments.of(
            new IllegalArgumentException("--epochs: expected at least 1, received 0."),
            "elbo fail: --epochs: expected at least 1, received 0."),
        Arguments.of(
            new UncheckedIOException(new NoSuchFileException("digits.gz")),
            "elbo fail: no such file or directory: digits.gz"),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/out")),
            "elbo fail: permission denied: /out"),
        Arguments.of(
            new UncheckedIOException(new IOException("disk full")), "elbo fail: disk full"),
        Arguments.of(
            new UncheckedIOException("report.html: cannot be written", new IOException("x")),
            "elbo fail: report.html: cannot be written"));
  }

  @ParameterizedTest
  @MethodSource("mistakesOfTheUser")
  void aMistakeOfTheUserIsOneLine(RuntimeException failure, String line) {
    assertThat(failing(failure).execute("fail")).isEqualTo(2);

    assertThat(err.toString()).isEqualToIgnoringNewLines(line);
  }

  @Test
  void aMistakeInElboHasAStatusOfItsOwn() {
    assertThat(failing(new IllegalStateException("no plan")).execute("fail")).isEqualTo(1);

    assertThat(err.toString())
        .contains("unexpected java.lang.IllegalStateException: no plan")
        .contains("--debug")
        .doesNotContain("\tat ");
  }

  @Test
  void debugPrintsTheStackTrace() {
    assertThat(failing(new IllegalArgumentException("no")).execute("fail", "--debug")).isEqualTo(2);

    assertThat(err.toString()).startsWith("elbo fail: no").contains("\tat dev.elbo.cli.MainTest");
  }

  @Test
  void memoryIsForTheUserToGive() {
    assertThat(failing(new OutOfMemoryError("Java heap space")).execute("fail")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("elbo fail: out of memory: Java may use ")
        .contains("./elbo -Xmx")
        .doesNotContain("\tat ", "--hidden");
  }

  @Test
  void threadsAreNotMemory() {
    Throwable failure = new OutOfMemoryError("unable to create native thread: possibly out of ...");

    assertThat(failing(failure).execute("fail")).isEqualTo(2);
    assertThat(err.toString()).contains("-Delbo.threads=2").doesNotContain("out of memory");
  }

  @Test
  void theReasonOfAFailedInitializerIsWhatCounts() {
    Throwable failure =
        new ExceptionInInitializerError(new IllegalArgumentException("-Delbo.kernels: no"));

    assertThat(failing(failure).execute("fail")).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("elbo fail: -Delbo.kernels: no");
  }

  @Test
  void anErrorIsNoMistakeOfTheUser() {
    assertThat(failing(new StackOverflowError()).execute("fail")).isEqualTo(1);

    assertThat(err.toString())
        .contains("unexpected java.lang.StackOverflowError")
        .doesNotContain("\tat ");
  }

  @Test
  void theProcessMayEndOnceTheFailureIsPrinted() {
    List<String> printed = new ArrayList<>();
    Fail fail =
        new Fail(new IllegalArgumentException("no"), () -> printed.add(err.toString().strip()));

    elbo.addSubcommand(fail).setErr(elbo.getErr()).execute("fail");

    assertThat(printed).containsExactly("elbo fail: no");
  }

  private CommandLine failing(Throwable failure) {
    // The setter reaches the subcommands that are there: once more for the one just added.
    return elbo.addSubcommand(new Fail(failure, () -> {})).setErr(elbo.getErr());
  }

  @Command(name = "fail")
  private static final class Fail implements Callable<Integer>, HoldsExit {
    private final Throwable failure;
    private final Runnable released;

    Fail(Throwable failure, Runnable released) {
      this.failure = failure;
      this.released = released;
    }

    @Override
    public Integer call() throws Exception {
      switch (failure) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        default -> throw new AssertionError(failure);
      }
    }

    @Override
    public void releaseExit() {
      released.run();
    }
  }
}
