package dev.elbo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** Another process that keeps one core busy until it is closed, or its parent ends. */
final class BusyProcess implements AutoCloseable {
  private final Process process;

  private BusyProcess(Process process) {
    this.process = process;
  }

  static BusyProcess start() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    try {
      return new BusyProcess(
          new ProcessBuilder(java, "-Xmx16m", "-cp", classPath, BusyProcess.class.getName())
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + java, e);
    }
  }

  /** Figures that were taken beside nobody must not pass for others. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the busy process ended early, with status " + process.exitValue());
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Of the other process: spins until its input ends, as it does when its parent goes. */
  public static void main(String[] arguments) throws IOException {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (true) {
            Thread.onSpinWait();
          }
        });
    while (System.in.read() >= 0) {
      // Nothing is ever sent.
    }
  }
}
