package dev.elbo.nn;

import java.nio.file.Path;

/** A model file that cannot be written or read: says which, why, and what to do. */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelFileException(Path file, String message) {
    super(file + ": " + message);
  }

  ModelFileException(Path file, String message, Throwable cause) {
    super(file + ": " + message, cause);
  }
}
