package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.bench.BenchReport.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchPageTest {
  private static final List<Suite> SUITES =
      List.of(
          new Suite("mlp", "steps", "3 times as fast.", run -> {}),
          new Suite("cnn", "steps", "2 times as fast.", run -> {}));
  private static final String OTHER = "AMD EPYC, 2 cores, vectors of 256 bits";
  private static final String OTHER_SLUG = "amd-epyc-2-cores-vectors-of-256-bits";

  @TempDir private Path directory;
  private Machines machines;
  private Path notes;

  @BeforeEach
  void noRecords() {
    machines = new Machines(directory.resolve("results"));
    notes = directory.resolve("notes");
  }

  private void record(String machine, double peer) {
    BenchReport report = new BenchReport("mlp", new BenchEnvironment(machine, "JDK 25", 0));
    report.add(
        "batch 32",
        "ms",
        Better.LOWER,
        new Figure(1, 0.02, ""),
        Map.of("peer", new Figure(peer, 0.04, "1 thread")));
    report.add(Bar.atLeast("batch 32: times as fast", 3, peer));
    Results results = machines.of(machine);
    results.record(report.object());
    machines.write(results);
  }

  private void note(String file, String text) throws IOException {
    Path note = notes.resolve(file);
    Files.createDirectories(note.getParent());
    Files.writeString(note, text);
  }

  private List<String> texts() {
    return BenchPage.all(machines, notes).stream().map(page -> page.text(SUITES)).toList();
  }

  @Test
  void itSaysWhetherTheBarsAreMet() {
    assertThat(texts()).hasSize(1);
    assertThat(texts().getFirst())
        .contains("| [mlp](#mlp) | 3 times as fast. | not measured |\n")
        .contains("Not measured yet on a quiet machine.");
    record(Machines.REFERENCE, 2);
    assertThat(texts().getFirst())
        .contains("| suite | bar | met |\n|---|---|---|\n")
        .contains("| [mlp](#mlp) | 3 times as fast. | 0 of 1 |\n")
        .contains("| batch 32: times as fast | at least 3 | 2.000 | **not met** |")
        .contains("| batch 32 | ms | 1.000 ± 1 % | 2.000 ± 2 % (1 thread) | 2.000 |");
  }

  @Test
  void eachMachineHasAPageOfItsOwn() {
    record(Machines.REFERENCE, 2);
    record(OTHER, 4);

    assertThat(BenchPage.all(machines, notes))
        .extracting(BenchPage::name)
        .containsExactly("benchmarks.md", "benchmarks-" + OTHER_SLUG + ".md");
    assertThat(texts().get(0))
        .startsWith("# Benchmarks\n")
        .contains("bench/results/intel-xeon-processor-2-cores-vectors-of-512-bits.json")
        .contains("| 2.000 | **not met** |")
        .doesNotContain("| 4.000 | met |");
    assertThat(texts().get(1))
        .startsWith("# Benchmarks on " + OTHER + "\n")
        .contains("bench/results/" + OTHER_SLUG + ".json", "](benchmarks.md)")
        .contains("| [mlp](#mlp) | 3 times as fast. | yes |\n")
        .contains("| 4.000 | met |")
        .doesNotContain("**not met**");
  }

  @Test
  void theReferencesPageShowsWhatAllHaveReached() {
    record(Machines.REFERENCE, 2);
    record(OTHER, 4);

    assertThat(texts().getFirst())
        .contains(
            "| suite | bar | met on "
                + Machines.REFERENCE
                + " | on ["
                + OTHER
                + "](benchmarks-"
                + OTHER_SLUG
                + ".md) |\n|---|---|---|---|\n")
        .contains("| [mlp](#mlp) | 3 times as fast. | 0 of 1 | yes |\n")
        .contains("| [cnn](#cnn) | 2 times as fast. | not measured | not measured |\n");
  }

  @Test
  void notesAreThoseOfTheMachine() throws IOException {
    record(Machines.REFERENCE, 2);
    record(OTHER, 4);
    note("mlp.md", "What holds the reference up.\n");
    note(OTHER_SLUG + "/mlp.md", "What helps the other.\n");

    assertThat(texts().get(0))
        .contains("\nWhat holds the reference up.\n")
        .doesNotContain("What helps the other.");
    assertThat(texts().get(1))
        .contains("\nWhat helps the other.\n")
        .doesNotContain("What holds the reference up.");
  }

  @Test
  void theCommandWritesThePagesOfAllMachines() throws IOException {
    machines = new Machines(directory.resolve("bench/results"));
    record(Machines.REFERENCE, 2);
    record(OTHER, 4);
    Path docs = Files.createDirectory(directory.resolve("docs"));

    assertThat(Main.run(directory, List.of("page"))).isZero();
    assertThat(docs.resolve("benchmarks.md"))
        .content()
        .contains("Each other machine has a page of its own")
        .contains("| batch 32: times as fast | at least 3 | 2.000 |");
    assertThat(docs.resolve("benchmarks-" + OTHER_SLUG + ".md"))
        .content()
        .contains("| batch 32: times as fast | at least 3 | 4.000 |");
  }
}
