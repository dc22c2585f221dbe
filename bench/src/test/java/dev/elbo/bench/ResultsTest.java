package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.bench.BenchReport.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultsTest {
  private static final String MACHINE = "AMD EPYC, 2 cores, vectors of 256 bits";

  private static BenchReport report(double load, double peer) {
    BenchReport report = new BenchReport("mlp", new BenchEnvironment(MACHINE, "JDK 25", load));
    report.add(
        "batch 32",
        "ms",
        Better.LOWER,
        new Figure(1, 0.02, ""),
        Map.of("peer", new Figure(peer, 0.04, "1 thread")));
    report.add(Bar.atLeast("batch 32: times as fast", 3, peer));
    return report;
  }

  @Test
  void figuresUnderLoadAndOfShortRoundsAreNotRecorded() {
    Results results = new Results(MACHINE);
    BenchReport quick = report(0, 4);
    quick.markQuick();

    assertThat(results.record(report(0.5, 4).object())).isFalse();
    assertThat(results.record(quick.object())).isFalse();
    assertThat(results.suite("mlp")).isNull();
    assertThat(results.record(report(0, 4).object())).isTrue();
    assertThat(results.suite("mlp")).isNotNull();
  }

  @Test
  void whatChangedIsSaid() {
    Results results = new Results(MACHINE);

    results.record(report(0, 4).object());
    assertThat(results.changes(report(0, 3.8).object())).isEmpty();
    assertThat(results.changes(report(0, 2).object()))
        .isEqualTo(List.of("mlp, batch 32: ratio 2.00, recorded 4.00: SLOWER"));
    assertThat(results.changes(report(0, 8).object()))
        .isEqualTo(List.of("mlp, batch 32: ratio 8.00, recorded 4.00: faster"));
  }

  @Test
  void aSuiteWithoutARecordOnTheMachineIsOneLine() {
    BenchReport report = report(0, 4);
    report.add("batch 128", "ms", Better.LOWER, 1, Map.of("peer", 5.0));

    assertThat(new Results(MACHINE).changes(report.object()))
        .containsExactly(
            "mlp: nothing to compare with: no record on AMD EPYC, 2 cores, vectors of 256 bits");
  }

  @Test
  void aFileKeepsThem(@TempDir Path directory) {
    Path file = directory.resolve("results.json");
    Results results = new Results(MACHINE);
    results.record(report(0, 4).object());
    results.write(file);

    Results read = Results.read(file);
    assertThat(read.machine()).isEqualTo(MACHINE);
    assertThat(read.suite("mlp")).isNotNull().isEqualTo(results.suite("mlp"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"suites\": []} | one with the members [suites]",
        "{\"machine\": \"a\"} | one with the members [machine]",
        "{\"machine\": \"a\", \"suites\": [{}]} | a report without \"suite\"",
        "[] | no object",
        "{ | what is no JSON"
      })
  void anotherFileIsRefused(String text, String received, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("results.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> Results.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": expected an object with \"machine\" and \"suites\", a list of reports with"
                + " \"suite\"; received "
                + received
                + ". Restore the file from the repository, or delete it and record its machine"
                + " again with bench/run all.");
  }

  @ParameterizedTest
  @CsvSource({
    "'AMD EPYC, 2 cores, vectors of 256 bits', amd-epyc-2-cores-vectors-of-256-bits",
    "'Intel(R) Xeon(R) Processor, 2 cores, vectors of 512 bits',"
        + " intel-xeon-processor-2-cores-vectors-of-512-bits",
    "'Intel(R) Core(TM) i7-1165G7 @ 2.80GHz, 8 cores, no vectors',"
        + " intel-core-i7-1165g7-2-80ghz-8-cores-no-vectors"
  })
  void aMachineGivesItsFileAName(String machine, String slug) {
    assertThat(new Results(machine).slug()).isEqualTo(slug);
  }
}
