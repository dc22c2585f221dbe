package dev.elbo.nn;

import java.io.Console;
import java.util.Optional;

/**
 * The one place where nn writes of its own accord: {@link Progress#standard}, for those who do not
 * say where progress is to be shown.
 */
final class StandardOutput {
  private StandardOutput() {}

  /**
   * Whether standard output is a terminal that can be drawn on. One that does not say what it is,
   * such as the old console of Windows, would show the control sequences.
   */
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && (variable("WT_SESSION").isPresent()
            || variable("TERM").filter(name -> !name.equals("dumb")).isPresent());
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /** Writes at once. */
  static void print(String text) {
    System.out.print(text);
    System.out.flush();
  }

  static void println(String line) {
    System.out.println(line);
  }
}
