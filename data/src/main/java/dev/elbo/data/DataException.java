package dev.elbo.data;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A data file is broken, altered, missing or could not be fetched. The message names the file, what
 * was expected, what came, and what to do.
 */
public final class DataException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  DataException(String message) {
    super(message, new IOException(message));
  }

  DataException(String message, IOException cause) {
    super(message, cause);
  }
}
