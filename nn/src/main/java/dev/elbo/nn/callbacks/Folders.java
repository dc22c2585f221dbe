package dev.elbo.nn.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of files that are written later: a mistake in a path shows before the first epoch. */
final class Folders {
  private Folders() {}

  /** Makes the folder that a file is to be in, unless it is there. */
  static void ensureParent(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
