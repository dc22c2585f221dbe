package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.nn.internal.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchReportTest {
  private static final BenchEnvironment QUIET =
      new BenchEnvironment("AMD EPYC, 2 cores", "OpenJDK 25", 0.09);

  private static BenchReport report() {
    return new BenchReport("mlp", QUIET);
  }

  @Test
  void theLineHasTheFormThatScriptsRead() {
    BenchReport report = report();
    report.add("batch 32", "ms", Better.LOWER, 0.2, Map.of("djl-pytorch", 2.1));

    assertThat(report.json())
        .isEqualTo(
            "{\"suite\":\"mlp\",\"machine\":\"AMD EPYC, 2 cores\",\"jdk\":\"OpenJDK 25\","
                + "\"underLoad\":false,\"quick\":false,\"versions\":{},\"rows\":[{"
                + "\"case\":\"batch 32\",\"unit\":\"ms\",\"elbo\":0.2,"
                + "\"peers\":{\"djl-pytorch\":2.1},\"ratio\":10.5}],\"bars\":[]}");
  }

  @Test
  void spreadsSettingsBarsAndVersionsAreInTheLine() {
    BenchReport report = report();
    report.add(
        "batch 32",
        "ms",
        Better.LOWER,
        new Figure(0.2, 0.05, ""),
        Map.of("tensorflow-java", new Figure(0.5, 0.1, "1 thread")));
    report.add(Bar.atLeast("times as fast", 3, 2.5));
    report.add(Bar.atMost("growth", 1.05, Double.NaN));
    report.version("tensorflow-java", "TensorFlow 2.18.0");
    report.markQuick();

    assertThat(report.json())
        .contains("\"spread\":{\"elbo\":0.05,\"tensorflow-java\":0.1}")
        .contains("\"settings\":{\"tensorflow-java\":\"1 thread\"}")
        .contains("\"versions\":{\"tensorflow-java\":\"TensorFlow 2.18.0\"}")
        .contains("\"quick\":true")
        .contains("{\"what\":\"times as fast\",\"atLeast\":3,\"measured\":2.5,\"met\":false}")
        .contains("{\"what\":\"growth\",\"atMost\":1.05,\"met\":false}");
  }

  @Test
  void theLineIsJsonWhateverTheNames() {
    BenchReport report =
        new BenchReport("a \"suite\"", new BenchEnvironment("C:\\cpu\t\u0001", "25", 0));
    report.add("1 < 2", "GFLOP/s", Better.HIGHER, 1, Map.of());

    Map<String, Object> read = Json.parseObject(report.json());

    assertThat(read)
        .containsEntry("suite", "a \"suite\"")
        .containsEntry("machine", "C:\\cpu\t\u0001");
    assertThat(report.json()).doesNotContain("\n");
  }

  @Test
  void theLineIsTheSameInEveryCountry() {
    BenchReport report = report();
    report.add("batch 32", "ms", Better.LOWER, 1234.5, Map.of("djl-pytorch", 2.1));
    String here = report.json();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(report.json()).isEqualTo(here).contains("\"elbo\":1234.5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aRatioAboveOneMeansThatElboIsAhead() {
    Map<String, Double> peers = Map.of("slow", 50.0, "fast", 90.0);

    assertThat(report().add("rate", "GFLOP/s", Better.HIGHER, 99, peers)).isEqualTo(99.0 / 90);
    assertThat(report().add("time", "ms", Better.LOWER, 10, peers)).isEqualTo(5);
    assertThat(report().add("time", "ms", Better.LOWER, 100, peers)).isEqualTo(0.5);
  }

  @Test
  void withoutPeersThereIsNoRatio() {
    BenchReport report = report();

    assertThat(report.add("alone", "ms", Better.LOWER, 0.2, Map.of())).isNaN();
    assertThat(report.json())
        .contains("\"peers\":{}}")
        .doesNotContain("ratio")
        .doesNotContain("NaN");
  }

  @Test
  void peersKeepTheirOrder() {
    Map<String, Double> peers = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m")) {
      peers.put(name, 1.0);
    }
    BenchReport report = report();
    report.add("case", "ms", Better.LOWER, 1, peers);

    assertThat(report.json()).contains("{\"z\":1,\"a\":1,\"m\":1}");
  }

  @Test
  void theGeometricMeanIsOverTheCasesOfThatEnding() {
    BenchReport report = report();
    report.add("512, 1 thread", "GFLOP/s", Better.HIGHER, 1, Map.of("peer", 2.0));
    report.add("1024, 1 thread", "GFLOP/s", Better.HIGHER, 8, Map.of("peer", 1.0));
    report.add("512, 2 threads", "GFLOP/s", Better.HIGHER, 3, Map.of("peer", 1.0));

    assertThat(report.geometricMean("1 thread")).isCloseTo(2, within(1e-12));
    assertThat(report.geometricMean("2 threads")).isCloseTo(3, within(1e-12));
    assertThat(report.geometricMean("3 threads")).isNaN();
  }

  @Test
  void figuresUnderLoadAreMarked() {
    BenchEnvironment busy = new BenchEnvironment("AMD EPYC, 2 cores", "OpenJDK 25", 1.234);
    BenchEnvironment limit = new BenchEnvironment("AMD EPYC, 2 cores", "OpenJDK 25", 0.1);
    BenchEnvironment unknown = new BenchEnvironment("AMD EPYC, 2 cores", "OpenJDK 25", -1);

    assertThat(busy.underLoad()).isTrue();
    assertThat(limit.underLoad()).isTrue();
    assertThat(QUIET.underLoad()).isFalse();
    assertThat(unknown.underLoad()).isFalse();
    assertThat(new BenchReport("gemm", busy).json())
        .contains("\"machine\":\"AMD EPYC, 2 cores (under load 1.23)\"", "\"underLoad\":true");
    assertThat(new BenchReport("gemm", QUIET).json()).doesNotContain("under load");
  }

  @Test
  void loadThatCameLaterMarksTheFiguresToo() {
    BenchReport report = report();
    report.load(0.7);
    report.load(0.2);

    assertThat(report.json()).contains("(under load 0.70)");
  }
}
