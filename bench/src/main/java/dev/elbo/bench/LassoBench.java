package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A path of Lasso, 100 alphas down to 0.01 of the largest, beside scikit-learn and glmnet, each in
 * a process of its own on the same simulated data. Each tool is brought to a relative duality gap
 * of 1e-4 and of 1e-6 at most over the whole path, recomputed from its coefficients in one way for
 * all. Loading is left out; the first fit of a process is cold, the median of the next five warm.
 */
final class LassoBench {
  private static final double[] ACCURACIES = {1e-4, 1e-6};

  private record Case(int rows, int features, double density) {
    String name() {
      return String.format(
          Locale.ROOT, "%,d x %,d%s", rows, features, density < 1 ? " sparse" : "");
    }
  }

  private static final List<Case> QUICK =
      List.of(new Case(200, 10_000, 1), new Case(1_000, 5_000, 1), new Case(10_000, 200, 1));

  private static final List<Case> LARGE =
      List.of(
          new Case(2_000, 20_000, 1), new Case(100_000, 500, 1), new Case(20_000, 200_000, 0.001));

  private LassoBench() {}

  /** The three smallest cases where that will do. */
  static void run(BenchRun run) {
    List<LassoTool> tools = LassoTool.installed(run.script("lasso"));
    for (Case each : QUICK) {
      measure(each, tools, run.report());
    }
    if (!run.quick()) {
      for (Case each : LARGE) {
        measure(each, tools, run.report());
      }
    }
  }

  private static void measure(Case each, List<LassoTool> tools, BenchReport report) {
    try {
      Path directory = Files.createTempDirectory("elbo-lasso");
      try {
        LassoData data = LassoData.simulate(each.rows(), each.features(), each.density(), 1);
        data.write(directory);
        for (double accuracy : ACCURACIES) {
          String name = String.format(Locale.ROOT, "%s, gap %.0e", each.name(), accuracy);
          System.out.println(name);
          Map<String, Double> peers = new LinkedHashMap<>();
          double elbo = Double.NaN;
          for (LassoTool tool : tools) {
            LassoTool.Result result = tool.reach(accuracy, data, directory);
            System.out.println(tool.row(result));
            if (tool.name().equals("elbo")) {
              elbo = result.warm();
            } else if (!Double.isNaN(result.warm())) {
              peers.put(tool.name(), result.warm());
            }
          }
          report.add(name, "s", Better.LOWER, elbo, peers);
          bars(each, accuracy, name, elbo, peers, report);
        }
      } finally {
        try (var files = Files.walk(directory)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a tool that is not installed, or that did not reach the accuracy, nothing is promised. */
  private static void bars(
      Case each,
      double accuracy,
      String name,
      double elbo,
      Map<String, Double> peers,
      BenchReport report) {
    boolean tight = accuracy < 1e-5;
    if (peers.containsKey("glmnet")) {
      report.add(
          Bar.atLeast(
              name + ": times as fast as glmnet",
              tight ? 2 : 1,
              peers.getOrDefault("glmnet", Double.NaN) / elbo));
    }
    if (tight && each.features() > each.rows() && peers.containsKey("scikit-learn")) {
      report.add(
          Bar.atLeast(
              name + ": times as fast as scikit-learn",
              10,
              peers.getOrDefault("scikit-learn", Double.NaN) / elbo));
    }
  }
}
