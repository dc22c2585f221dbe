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
import java.util.Optional;

/**
 * A path of Lasso, 100 alphas down to 0.01 of the largest, beside scikit-learn, glmnet, Smile and
 * Tribuo, each in a process of its own on the same simulated data. Each tool is brought to a
 * relative duality gap of 1e-4 and of 1e-6 at most over the whole path, recomputed from its
 * coefficients in one way for all. Reading the data is left out; the first fit of a process is
 * cold, the median of five later ones warm. What takes too long is stopped, and counts as that.
 */
final class LassoBench {
  private static final double[] ACCURACIES = {1e-4, 1e-6};
  private static final LassoTool.Lead FULL = new LassoTool.Lead(6, 2);
  private static final LassoTool.Lead QUICK = new LassoTool.Lead(4, 0.5);

  private record Case(int rows, int features, double density) {
    String name() {
      return String.format(
          Locale.ROOT, "%,d x %,d%s", rows, features, density < 1 ? " sparse" : "");
    }
  }

  private static final List<Case> SMALL =
      List.of(new Case(200, 10_000, 1), new Case(10_000, 200, 1));

  private static final List<Case> LARGE =
      List.of(
          new Case(1_000, 5_000, 1),
          new Case(2_000, 20_000, 1),
          new Case(100_000, 500, 1),
          new Case(20_000, 200_000, 0.001));

  private final BenchRun run;
  private final LassoSettings settings;
  private final Path directory;

  private LassoBench(BenchRun run) {
    this.run = run;
    this.settings = new LassoSettings(run.script("lasso/settings.properties"));
    this.directory = run.directory().resolve("lasso");
  }

  /** The two smallest cases beside glmnet alone, and scikit-learn on the second, when quick. */
  static void run(BenchRun run) {
    LassoBench bench = new LassoBench(run);
    List<LassoTool> tools = LassoTools.installed(run.script("lasso"), run.quick());
    try {
      for (Case each : SMALL) {
        bench.measure(each, tools);
      }
      if (!run.quick()) {
        for (Case each : LARGE) {
          bench.measure(each, tools);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure(Case each, List<LassoTool> tools) throws IOException {
    Files.createDirectories(directory);
    LassoData data = LassoData.simulate(each.rows(), each.features(), each.density(), 1);
    data.write(directory);
    Map<String, Boolean> tooSlow = new LinkedHashMap<>();
    for (double accuracy : ACCURACIES) {
      String name = String.format(Locale.ROOT, "%s, gap %.0e", each.name(), accuracy);
      run.print("%s%n", name);
      Figure elbo = Figure.of(Double.NaN);
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (LassoTool tool : tools) {
        boolean isLeftOut =
            (tool.isDense() && data.isSparse())
                || (run.quick() && tool.name().equals("scikit-learn") && each.rows() < 10_000);
        if (isLeftOut) {
          continue;
        }
        LassoTool.Result result =
            tooSlow.containsKey(tool.name())
                ? LassoTool.Result.notTried(tool.limit())
                : tool.reach(accuracy, settings, run.quick() ? QUICK : FULL, data, directory);
        if (result.isStopped()) {
          tooSlow.put(tool.name(), true);
        } else {
          run.report().version(tool.name(), tool.version(directory));
        }
        run.print("%s%n", tool.row(result, accuracy));
        if (tool.name().equals("elbo")) {
          elbo = withoutLimit(result, tool.figure(result, accuracy));
        } else {
          figures.put(tool.name(), tool.figure(result, accuracy));
        }
      }
      run.report().add(name, "s", Better.LOWER, elbo, figures);
      bars(each, accuracy, name, elbo, figures);
    }
    remove();
  }

  /** Of Elbo the time at which it was stopped is no time to compare with. */
  static Figure withoutLimit(LassoTool.Result result, Figure figure) {
    return result.isStopped()
        ? new Figure(
            Double.NaN,
            Double.NaN,
            String.format(Locale.ROOT, "stopped after %.0f s", figure.median()))
        : figure;
  }

  private void remove() throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** Of a tool that is not installed nothing is promised. */
  private void bars(
      Case each, double accuracy, String name, Figure elbo, Map<String, Figure> peers) {
    boolean tight = accuracy < 1e-5;
    bar(name, "glmnet", tight ? 2 : 1, elbo, peers);
    if (tight && each.features() > each.rows()) {
      bar(name, "scikit-learn", 10, elbo, peers);
    }
  }

  private void bar(String name, String peer, double limit, Figure elbo, Map<String, Figure> peers) {
    Figure figure = peers.get(peer);
    if (figure == null) {
      return;
    }
    String what = name + ": times as fast as " + peer;
    Optional<Bar> bar = bar(what, limit, elbo, figure);
    bar.ifPresentOrElse(
        run.report()::add, () -> run.print("  bar not judged: %s %s%n", peer, figure.setting()));
  }

  /**
   * The bar of a case: not met where Elbo has no seconds of its own, and none where only the peer
   * has none, as it did not reach the accuracy. A peer that was stopped took at least as long as
   * its limit.
   *
   * @param elbo with a NaN where it was stopped, failed or did not reach the accuracy
   */
  static Optional<Bar> bar(String what, double limit, Figure elbo, Figure peer) {
    if (Double.isNaN(elbo.median())) {
      return Optional.of(Bar.atLeast(what, limit, Double.NaN));
    }
    return Double.isNaN(peer.median())
        ? Optional.empty()
        : Optional.of(Bar.atLeast(what, limit, peer.median() / elbo.median()));
  }
}
