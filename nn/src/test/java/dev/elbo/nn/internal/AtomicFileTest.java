package dev.elbo.nn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there whole or not at all. */
final class AtomicFileTest {
  @TempDir private Path folder;

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void anOlderFileIsReplacedWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("m"), "older and longer");

    AtomicFile.write(file, out -> out.write('n'));

    assertThat(file).hasContent("n");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void aWriteThatFailsLeavesTheOlderFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("m"), "older");

    assertThatIOException()
        .isThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("disk full");
                }))
        .withMessage("disk full");

    assertThat(file).hasContent("older");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void theFileHasThePermissionsOfAnyNewFile() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path plain = Files.createFile(folder.resolve("plain"));
    Path file = folder.resolve("m");

    AtomicFile.write(file, out -> out.write(1));

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void whatAnotherProcessLeftIsNotTouched() throws IOException {
    String left = ".m." + ProcessHandle.current().pid() + "-0.tmp";
    Files.writeString(folder.resolve(left), "left over");

    AtomicFile.write(folder.resolve("m"), out -> out.write('n'));

    assertThat(names()).containsExactlyInAnyOrder("m", left);
    assertThat(folder.resolve(left)).hasContent("left over");
  }

  @Test
  void whatKilledProcessesLeftIsDeletedAndNothingElse() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String mine = ".m." + ProcessHandle.current().pid() + "-0.tmp";
    for (String name :
        List.of("m", mine, ".m." + ended.pid() + "-0.tmp", ".n." + ended.pid() + "-0.tmp")) {
      Files.writeString(folder.resolve(name), "x");
    }

    AtomicFile.deleteLeftovers(folder.resolve("m"));

    assertThat(names()).containsExactlyInAnyOrder("m", mine, ".n." + ended.pid() + "-0.tmp");
    AtomicFile.deleteLeftovers(folder.resolve("gone/m"));
  }

  @Test
  void whatThisNumberOfProcessLeftBeforeThisProcessIsDeletedToo() throws IOException {
    String older = ".m." + ProcessHandle.current().pid() + "-0.tmp";
    String younger = ".m." + ProcessHandle.current().pid() + "-1.tmp";
    Files.writeString(folder.resolve(younger), "x");
    // In a container, every process that is started anew has the number of the one before.
    Files.setLastModifiedTime(
        Files.writeString(folder.resolve(older), "x"),
        FileTime.from(
            ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60)));

    AtomicFile.deleteLeftovers(folder.resolve("m"));

    assertThat(names()).containsExactly(younger);
  }

  /** Each renames its own temporary file, and deletes none whose name is in use again. */
  @Test
  void threadsThatWriteOneFileDoNotDisturbEachOther() throws Exception {
    Path file = folder.resolve("m");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < 500; i++) {
                AtomicFile.write(file, out -> out.write(new byte[100]));
              }
              return null;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThat(names()).containsExactly("m");
    assertThat(Files.size(file)).isEqualTo(100);
  }

  @Test
  void aFolderThatIsGone() {
    assertThatIOException()
        .isThrownBy(() -> AtomicFile.write(folder.resolve("gone/m"), out -> out.write(1)));
  }
}
