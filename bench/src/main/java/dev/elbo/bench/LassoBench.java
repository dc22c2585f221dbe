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
public final class LassoBench {
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

  /**
   * Measures, and ends with a line of JSON; returns the exit status.
   *
   * @param scripts where the scripts of the other tools are
   * @param quick the three smallest cases only
   */
  public static int compare(Path scripts, boolean quick) {
    BenchEnvironment environment = BenchEnvironment.await();
    BenchReport report = new BenchReport("lasso", environment);
    List<LassoTool> tools = LassoTool.installed(scripts);
    for (Case each : QUICK) {
      measure(each, tools, report);
    }
    if (!quick) {
      for (Case each : LARGE) {
        measure(each, tools, report);
      }
    }
    System.out.println(report.json());
    return 0;
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
}
