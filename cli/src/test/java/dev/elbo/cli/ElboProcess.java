package dev.elbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The command in a JVM of its own, for what only a process shows: exit statuses, signals, options
 * of the JVM. Nothing here waits for longer than {@link #PATIENCE_SECONDS}; both streams are read
 * to their ends, so that the process never waits for us either.
 */
final class ElboProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final Process process;
  private final Lines output;
  private final Lines errors;

  private ElboProcess(Process process) {
    this.process = process;
    output = new Lines(process.getInputStream());
    errors = new Lines(process.getErrorStream());
  }

  /**
   * @param environment added to that of this process
   * @param options of the JVM
   * @param arguments of the command
   */
  static ElboProcess start(
      Map<String, String> environment, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    // Where this build was started in the background by a script, SIGINT is ignored, and a JVM
    // that inherits that ignores it too.
    if (heedsInterrupts("env", "--default-signal=INT")) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new ElboProcess(builder.start());
  }

  private static boolean heedsInterrupts(String... prefix) {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add("true");
    try {
      Process probe =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until the process has printed a line that starts so. */
  void awaitLine(String start) throws InterruptedException {
    assertThat(output.await(start)).as(() -> "a line '" + start + "': " + this).isTrue();
  }

  /** Sends a signal: INT is what Ctrl-C sends. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
    assertThat(kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  /** Waits for the end, and returns the exit status. */
  int await() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(this::toString).isTrue();
    output.awaitEnd();
    errors.awaitEnd();
    return process.exitValue();
  }

  String output() {
    return output.text();
  }

  String errors() {
    return errors.text();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "printed:\n" + output() + "\nand as errors:\n" + errors();
  }

  /** Reads a stream to its end on a thread of its own. */
  private static final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Lines(InputStream stream) {
      Thread.ofVirtual().start(() -> read(stream));
    }

    private void read(InputStream stream) {
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        ended.countDown();
        add("");
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    synchronized boolean await(String start) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (lines.stream().noneMatch(line -> line.startsWith(start))) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || ended.getCount() == 0) {
          return false;
        }
        wait(left);
      }
      return true;
    }

    void awaitEnd() throws InterruptedException {
      assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    synchronized String text() {
      return lines.stream().collect(Collectors.joining("\n")).strip();
    }
  }
}
