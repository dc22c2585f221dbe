package dev.elbo.cli.linear;

import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs fits without the log of models that did not converge: the command says so itself. */
final class Quietly {
  private Quietly() {}

  static <T> T run(Supplier<T> work) {
    Logger log = Logger.getLogger("dev.elbo.linear");
    Level before = log.getLevel();
    log.setLevel(Level.OFF);
    try {
      return work.get();
    } finally {
      log.setLevel(before);
    }
  }
}
