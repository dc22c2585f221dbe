package dev.elbo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recorded figures of all machines: a file for each in {@code bench/results}. */
final class Machines {
  /** The one whose figures {@code docs/benchmarks.md} has. */
  static final String REFERENCE = "Intel(R) Xeon(R) Processor, 2 cores, vectors of 512 bits";

  private final Path directory;

  Machines(Path directory) {
    this.directory = directory;
  }

  /** What is recorded on a machine; nothing if it has no file. */
  Results of(String machine) {
    Results none = new Results(machine);
    Path file = file(none);
    return Files.exists(file) ? Results.read(file) : none;
  }

  Results reference() {
    return of(REFERENCE);
  }

  /** Those but the reference, by the names of their files. */
  List<Results> others() {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Results::read)
          .filter(results -> !results.machine().equals(REFERENCE))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  /** Writes the machine's file, and no other. */
  void write(Results results) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + directory, e);
    }
    results.write(file(results));
  }

  private Path file(Results results) {
    return directory.resolve(results.slug() + ".json");
  }
}
