package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.bench.BenchReport.Better;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  private static final Suite SUITE = new Suite("mlp", "steps", "3 times as fast.", run -> {});

  private static BenchReport report(double load, double peer) {
    BenchReport report = new BenchReport("mlp", new BenchEnvironment("a machine", "JDK 25", load));
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
    Results results = new Results();
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
    Results results = new Results();

    assertThat(results.changes(report(0, 4).object()))
        .isEqualTo(List.of("mlp: no ratios are recorded"));
    results.record(report(0, 4).object());
    assertThat(results.changes(report(0, 3.8).object())).isEmpty();
    assertThat(results.changes(report(0, 2).object()))
        .isEqualTo(List.of("mlp, batch 32: ratio 2.00, recorded 4.00: SLOWER"));
    assertThat(results.changes(report(0, 8).object()))
        .isEqualTo(List.of("mlp, batch 32: ratio 8.00, recorded 4.00: faster"));
  }

  @Test
  void aFileKeepsThem(@TempDir Path directory) {
    Path file = directory.resolve("results.json");
    Results results = Results.read(file);
    results.record(report(0, 4).object());
    results.write(file);

    assertThat(Results.read(file).suite("mlp")).isEqualTo(results.suite("mlp"));
  }

  @Test
  void thePageSaysWhetherTheBarsAreMet(@TempDir Path directory) {
    Results results = new Results();
    BenchPage page = new BenchPage(results, directory);

    assertThat(page.text(List.of(SUITE)))
        .contains("| [mlp](#mlp) | 3 times as fast. | not measured |")
        .contains("Not measured yet on a quiet machine.");
    results.record(report(0, 2).object());
    assertThat(page.text(List.of(SUITE)))
        .contains("| [mlp](#mlp) | 3 times as fast. | 0 of 1 |")
        .contains("| batch 32: times as fast | at least 3 | 2.000 | **not met** |")
        .contains("| batch 32 | ms | 1.000 ± 1 % | 2.000 ± 2 % (1 thread) | 2.000 |");
  }
}
