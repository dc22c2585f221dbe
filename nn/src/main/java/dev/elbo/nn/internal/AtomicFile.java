package dev.elbo.nn.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes files that are there whole or not at all, whenever the process ends. */
public final class AtomicFile {
  /** What writes the contents. */
  @FunctionalInterface
  public interface Contents {
    /** Writes all of them; the stream is buffered, and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int MAX_ATTEMPTS = 1_000;

  private AtomicFile() {}

  /**
   * Writes beside the file, then renames. The file has the permissions of any new file.
   *
   * @throws IOException if that fails; an older file of that name is still there
   */
  public static void write(Path file, Contents contents) throws IOException {
    Path temporary = createBeside(file.toAbsolutePath());
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        contents.writeTo(out);
        out.flush();
        // On the disk before the name is: a machine that stops here leaves the older file.
        channel.force(true);
      }
      move(temporary, file);
    } catch (Throwable failure) {
      // Only then: after the move the name is free, and may be another thread's.
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /**
   * Deletes what processes that were killed in the midst of {@link #write} left beside a file. What
   * a process that is alive is writing stays. What is older than this process is not its own,
   * though it may have its number: in a container every process is number 1.
   */
  public static void deleteLeftovers(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    Pattern leftover = Pattern.compile("\\Q." + file.getFileName() + ".\\E(\\d{1,18})-\\d+\\.tmp");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Matcher name = leftover.matcher(each.getFileName().toString());
        if (name.matches() && isLeftOver(each, Long.parseLong(name.group(1)))) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLeftOver(Path file, long process) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    if (process != self.pid()) {
      return ProcessHandle.of(process).isEmpty();
    }
    Optional<Instant> start = self.info().startInstant();
    return start.isPresent() && Files.getLastModifiedTime(file).toInstant().isBefore(start.get());
  }

  /** Not createTempFile: its files are for their owner alone, and models are to be shared. */
  private static Path createBeside(Path file) throws IOException {
    long process = ProcessHandle.current().pid();
    for (int attempt = 0; ; attempt++) {
      String name = "." + file.getFileName() + "." + process + "-" + attempt + ".tmp";
      try {
        return Files.createFile(file.resolveSibling(name));
      } catch (FileAlreadyExistsException takenByAnotherThreadOrLeftOver) {
        if (attempt == MAX_ATTEMPTS) {
          throw takenByAnotherThreadOrLeftOver;
        }
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
