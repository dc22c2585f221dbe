package dev.elbo.cli;

import dev.elbo.nn.internal.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the files of a command go. Nothing is left there half-written. */
public final class OutputFolder {
  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Tries whether a folder can be written to, or made and written to, and leaves everything as it
   * was.
   *
   * @param names of the files that are to be written: what is there may be replaced, but must not
   *     be a folder
   * @throws UncheckedIOException if it cannot; the message says what to do
   */
  public static OutputFolder probe(Path folder, String... names) {
    Path existing = folder.toAbsolutePath().normalize();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw unwritable(folder, new IOException(existing + " is a file"));
    }
    try {
      // Permissions do not tell: root, full disks and read-only mounts have rules of their own.
      Path probe = Files.createTempFile(existing, ".elbo", ".tmp");
      try {
        Files.writeString(probe, "probe");
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw unwritable(
          folder, new IOException("no file can be made in " + existing + ", " + reason(e), e));
    }
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.isDirectory(file)) {
        throw new UncheckedIOException(
            "--out "
                + folder
                + ": cannot be written ("
                + file
                + " is a folder). Remove it, or name another folder.",
            new IOException(file + " is a folder"));
      }
    }
    return new OutputFolder(folder);
  }

  /** A file in this folder, which exists from here on. */
  public Path file(String name) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    return folder.resolve(name);
  }

  /**
   * Writes a text file beside its place, then renames it.
   *
   * @throws UncheckedIOException if that fails; an older file of that name is still there
   */
  public Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file; see {@link #write(String, String)}. */
  public Path write(String name, byte[] bytes) {
    Path file = file(name);
    try {
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    return file;
  }

  private static UncheckedIOException unwritable(Path path, IOException cause) {
    return new UncheckedIOException(
        "--out "
            + path
            + ": cannot be written ("
            + reason(cause)
            + "). Name a folder that you may write to.",
        cause);
  }

  /** A file system's exception often has the path as its whole message. */
  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException e -> "permission denied";
      case NoSuchFileException e -> "the file system refuses it";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
