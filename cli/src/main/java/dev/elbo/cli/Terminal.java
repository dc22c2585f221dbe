package dev.elbo.cli;

/** What the command knows about the terminal that it was started on. */
final class Terminal {
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
}
