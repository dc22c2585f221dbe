package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.bench.BenchReport.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachinesTest {
  private static final String OTHER = "AMD EPYC, 2 cores, vectors of 256 bits";

  @TempDir private Path directory;

  private static void record(Machines machines, String machine, double peer) {
    BenchReport report = new BenchReport("mlp", new BenchEnvironment(machine, "JDK 25", 0));
    report.add("batch 32", "ms", Better.LOWER, 1, Map.of("peer", peer));
    Results results = machines.of(machine);
    results.record(report.object());
    machines.write(results);
  }

  @Test
  void whatIsRecordedOnOneLeavesTheOtherUntouched() throws IOException {
    Machines machines = new Machines(directory.resolve("results"));
    record(machines, Machines.REFERENCE, 4);
    Path file = directory.resolve("results/intel-xeon-processor-2-cores-vectors-of-512-bits.json");
    String before = Files.readString(file);

    record(machines, OTHER, 2);

    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(directory.resolve("results/amd-epyc-2-cores-vectors-of-256-bits.json")).exists();
    assertThat(machines.reference().suite("mlp")).isNotEqualTo(machines.of(OTHER).suite("mlp"));
  }

  @Test
  void ratiosAreComparedWithThoseOfTheMachineItself() {
    Machines machines = new Machines(directory);
    record(machines, Machines.REFERENCE, 4);
    BenchReport report = new BenchReport("mlp", new BenchEnvironment(OTHER, "JDK 25", 0));
    report.add("batch 32", "ms", Better.LOWER, 1, Map.of("peer", 2.0));

    assertThat(machines.of(OTHER).changes(report.object()))
        .containsExactly("mlp: nothing to compare with: no record on " + OTHER);
    record(machines, OTHER, 2);
    assertThat(machines.of(OTHER).changes(report.object())).isEmpty();
    assertThat(machines.reference().changes(report.object()))
        .containsExactly("mlp, batch 32: ratio 2.00, recorded 4.00: SLOWER");
  }

  @Test
  void theOthersAreAllButTheReference() {
    Machines machines = new Machines(directory.resolve("results"));
    assertThat(machines.others()).isEmpty();
    record(machines, Machines.REFERENCE, 4);
    record(machines, OTHER, 2);

    assertThat(machines.others()).extracting(Results::machine).containsExactly(OTHER);
  }

  @Test
  void thisMachineIsDescribedByProcessorCoresAndVectors() {
    assertThat(BenchEnvironment.thisMachine())
        .matches(".+, \\d+ cores, (vectors of \\d+ bits|no vectors)");
  }

  /** The records of the project: those of the reference machine are where it is looked for. */
  @Test
  void theReferenceHasRecords() {
    Machines machines =
        new Machines(Path.of(System.getProperty("basedir", ".")).resolve("results"));

    assertThat(machines.reference().suite("mlp")).isNotNull();
  }
}
