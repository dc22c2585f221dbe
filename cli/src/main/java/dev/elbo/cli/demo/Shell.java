package dev.elbo.cli.demo;

/** Words for a command line that a POSIX shell reads. */
final class Shell {
  private Shell() {}

  /** As a shell takes it for one word. */
  static String word(String word) {
    return word.matches("[\\w./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
