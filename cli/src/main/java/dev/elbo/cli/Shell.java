package dev.elbo.cli;

/** Words for a command line that a POSIX shell reads. */
public final class Shell {
  private Shell() {}

  /** As a shell takes it for one word. */
  public static String word(String word) {
    return word.matches("[\\w./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
