package dev.elbo.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A model file that cannot be written or read: says which, why, and what to do. */
public final class ModelFileException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  ModelFileException(Path file, String message) {
    this(file, message, new IOException(message));
  }

  ModelFileException(Path file, String message, IOException cause) {
    super(file + ": " + message, cause);
  }
}
