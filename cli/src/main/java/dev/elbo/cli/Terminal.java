package dev.elbo.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the command knows about the terminal that it was started on. */
public final class Terminal {
  /** Rows and columns; a terminal that does not know says 0 0. */
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,3})\\s*");

  private Terminal() {}

  /**
   * Takes back the JVM's line "WARNING: Using incubator modules: jdk.incubator.vector", which no
   * option of the JVM silences. The launcher sets {@code elbo.stderr.terminal} when standard error
   * is a terminal; there, the warning is the line above the cursor, since nothing has been printed
   * after it. In a file or a pipe it stays.
   */
  static void eraseIncubatorWarning() {
    boolean warned = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (warned && Boolean.getBoolean("elbo.stderr.terminal")) {
      System.err.print("\u001b[1A\u001b[2K");
      System.err.flush();
    }
  }

  /** Whether somebody sits at standard input and output, rather than a file or a pipe. */
  public static boolean isInteractive() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** The columns of the terminal, if it can be asked. */
  public static OptionalInt columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
      Matcher rowsAndColumns = SIZE.matcher(size);
      return ended && rowsAndColumns.matches()
          ? OptionalInt.of(Integer.parseInt(rowsAndColumns.group(1)))
          : OptionalInt.empty();
    } catch (IOException noSuchProgram) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
