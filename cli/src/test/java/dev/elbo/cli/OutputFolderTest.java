package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {
  @TempDir private Path home;

  @Test
  void probingLeavesNothingBehind() throws IOException {
    OutputFolder.probe(home.resolve("a/b"));
    OutputFolder.probe(home);

    assertThat(names(home)).isEmpty();
  }

  @Test
  void aFileInTheWayIsAnError() throws IOException {
    Path file = Files.writeString(home.resolve("taken"), "mine");

    assertThatThrownBy(() -> OutputFolder.probe(file.resolve("out")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "--out "
                + file.resolve("out")
                + ": cannot be written ("
                + file
                + " is a file). Name a folder that you may write to.");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFolderInThePlaceOfAFileIsAnError() throws IOException {
    Path folder = Files.createDirectory(home.resolve("model.elbo"));

    assertThatThrownBy(() -> OutputFolder.probe(home, "report.html", "model.elbo"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "--out "
                + home
                + ": cannot be written ("
                + folder
                + " is a folder). Remove it, or name another folder.");
  }

  @Test
  void writingReplacesTheOldFileWhole() throws IOException {
    OutputFolder folder = OutputFolder.probe(home.resolve("out"));
    folder.write("report.html", "old and longer");

    Path written = folder.write("report.html", "new \u2212");

    assertThat(written).isEqualTo(home.resolve("out/report.html")).hasContent("new \u2212");
    assertThat(names(home.resolve("out"))).containsExactly("report.html");
  }

  @Test
  void aFailedWriteLeavesNothingHalfWritten() throws IOException {
    OutputFolder folder = OutputFolder.probe(home);
    Files.createDirectories(home.resolve("report.html/inside"));

    assertThatThrownBy(() -> folder.write("report.html", "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("--out " + home.resolve("report.html") + ": cannot be written (");
    assertThat(names(home)).containsExactly("report.html");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
