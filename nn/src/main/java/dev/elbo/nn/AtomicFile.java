package dev.elbo.nn;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are there whole or not at all, whenever the process ends. */
final class AtomicFile {
  /** What writes the contents. */
  interface Contents {
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes beside the file, then renames.
   *
   * @throws ModelFileException if that fails; an older file of that name is still there
   */
  static void write(Path file, Contents contents) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ModelFileException(
          file, "expected a folder that exists to write to. Create " + folder + " first.");
    }
    if (Files.isDirectory(file)) {
      throw new ModelFileException(
          file, "expected a file to write, received a folder. Add a file name to it.");
    }
    try {
      Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
      try {
        write(temporary, file, contents);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ModelFileException(
          file,
          "cannot be written (" + e + "). Choose a folder that you may write to and that has room.",
          e);
    }
  }

  private static void write(Path temporary, Path file, Contents contents) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      contents.writeTo(out);
      out.flush();
      // On the disk before the name is: a machine that stops here leaves the older file.
      channel.force(true);
    }
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
