package dev.elbo.nn.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged under {@code dev.elbo.nn} while this is open; nothing of it is printed. */
public final class LogRecords implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.elbo.nn");
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          messages.add(entry.getLevel() + ": " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public LogRecords() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }
}
