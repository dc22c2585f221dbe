package dev.elbo.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fetches a file over HTTP into a folder: into {@code NAME.part}, continued by the next run if this
 * one is cut off, checked when whole, and only then renamed, in one step. So a file under its real
 * name is always whole and the published one, whenever the program was killed.
 *
 * @param connectTimeout how long to wait for a server to accept a connection
 * @param patience how long to wait for an answer, or for the next byte
 */
record Downloader(Duration connectTimeout, Duration patience) {
  private static final int ATTEMPTS_PER_ADDRESS = 3;

  /** Gzip adds only some bytes to what it cannot compress; more than this is not our file. */
  private static final long SLACK = 1 << 16;

  /** File locks exclude other processes only, so threads of this one wait here. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  static Downloader standard() {
    return new Downloader(Duration.ofSeconds(15), Duration.ofSeconds(60));
  }

  /**
   * Fetches a file into a folder, as {@code NAME.gz}, from the first of some addresses that has it,
   * unless another process or thread does so first.
   *
   * @return the file, whole and checked
   * @throws DataException if no address gave the published file, or it could not be stored
   */
  Path fetch(List<URI> addresses, Path folder, KnownFile known, DownloadProgress progress) {
    Path target = folder.resolve(known.name() + ".gz");
    ONE_AT_A_TIME.lock();
    try {
      Files.createDirectories(folder);
      try (FileChannel lockFile =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lockFile.lock()) {
        if (lock.isValid() && !Files.exists(target)) {
          fetchAlone(addresses, target, known, progress);
        }
      }
      return target;
    } catch (ClosedByInterruptException e) {
      throw interrupted();
    } catch (IOException e) {
      throw new DataException(
          "cannot write to "
              + folder
              + " ("
              + e
              + "). Set ELBO_HOME to a folder that can be"
              + " written to.",
          e);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private void fetchAlone(
      List<URI> addresses, Path target, KnownFile known, DownloadProgress progress)
      throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    List<String> failures = new ArrayList<>();
    try (HttpClient client =
            HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Transfer transfer = new Transfer(client, patience, known.bytes() + SLACK);
      String name = target.getFileName().toString();
      Transfer.Listener listener = (bytes, total) -> progress.received(name, bytes, total);
      for (URI address : addresses) {
        boolean again = true;
        for (int attempt = 0; again && attempt < ATTEMPTS_PER_ADDRESS; attempt++) {
          Transfer.Outcome outcome = transfer.run(address, out, listener);
          if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
          }
          Optional<Failure> failure = finish(outcome, out, part, target, known);
          if (failure.isEmpty()) {
            return;
          }
          again = failure.get().worthRetrying();
          failures.add(address + ": " + failure.get().why());
          progress.note("Not downloaded: " + failures.getLast());
        }
      }
    } finally {
      deleteIfEmpty(part);
    }
    throw new DataException(String.join("; ", failures));
  }

  private record Failure(String why, boolean worthRetrying) {}

  /** Gives a file that has come whole its name, if it is the published one. */
  private static Optional<Failure> finish(
      Transfer.Outcome outcome, FileChannel out, Path part, Path target, KnownFile known)
      throws IOException {
    return switch (outcome) {
      case Transfer.Outcome.Refused(String why) -> Optional.of(new Failure(why, false));
      case Transfer.Outcome.CutOff(String why) -> Optional.of(new Failure(why, true));
      case Transfer.Outcome.Complete(boolean resumed) -> {
        try {
          known.verify(part);
        } catch (DataException e) {
          out.truncate(0);
          // What an earlier run left may be at fault; otherwise the same would come again.
          yield Optional.of(new Failure(String.valueOf(e.getMessage()), resumed));
        }
        out.force(true);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        yield Optional.empty();
      }
    };
  }

  private static void deleteIfEmpty(Path part) throws IOException {
    if (Files.exists(part) && Files.size(part) == 0) {
      Files.delete(part);
    }
  }

  private static DataException interrupted() {
    Thread.currentThread().interrupt();
    return new DataException("interrupted. Run it again: it goes on where it stopped");
  }
}
