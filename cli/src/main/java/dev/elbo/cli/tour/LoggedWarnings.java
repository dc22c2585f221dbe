package dev.elbo.cli.tour;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Prints what Elbo logs among what a row prints, instead of on standard error. */
final class LoggedWarnings extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.elbo");
  private final PrintStream out;
  private final boolean parents;

  LoggedWarnings(PrintStream out) {
    this.out = out;
    this.parents = logger.getUseParentHandlers();
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      out.println(entry.getLevel().getName() + ": " + entry.getMessage());
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(parents);
  }
}
