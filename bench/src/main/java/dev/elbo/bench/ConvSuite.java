package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.ConvSetting;
import dev.elbo.bench.worker.ConvSetting.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Convolutions of 32 images and their gradients, in GFLOP/s, beside oneDNN, which keeps images and
 * filters in the layouts that it likes best; bringing them there is off the clock.
 */
final class ConvSuite {
  private static final int BATCH = 32;
  private static final int VALUES = 2000;

  private ConvSuite() {}

  private record Case(int size, int channels, int filters, int kernel, int stride) {}

  private static List<Case> standard() {
    return List.of(
        new Case(28, 1, 32, 3, 1),
        new Case(28, 32, 64, 3, 1),
        new Case(14, 64, 64, 5, 1),
        new Case(28, 32, 64, 3, 2),
        new Case(7, 256, 256, 3, 1));
  }

  private static List<Case> all() {
    return List.of(
        new Case(28, 1, 32, 3, 1),
        new Case(28, 1, 32, 5, 1),
        new Case(28, 1, 32, 3, 2),
        new Case(64, 3, 32, 3, 2),
        new Case(64, 16, 32, 3, 1),
        new Case(32, 16, 32, 5, 2),
        new Case(28, 32, 64, 3, 1),
        new Case(28, 32, 64, 3, 2),
        new Case(14, 64, 64, 3, 1),
        new Case(14, 64, 64, 5, 1),
        new Case(14, 64, 128, 3, 2),
        new Case(7, 128, 128, 3, 1),
        new Case(7, 256, 256, 3, 1));
  }

  static void run(BenchRun run) {
    int threads = run.cores();
    FiguresTable table = new FiguresTable("GFLOP/s", 54, List.of(Contender.ELBO, Peers.ONEDNN));
    for (Case shape : run.quick() ? standard() : all()) {
      for (Direction direction : Direction.values()) {
        ConvSetting setting =
            new ConvSetting(
                direction,
                BATCH,
                shape.size,
                shape.channels,
                shape.filters,
                shape.kernel,
                shape.stride,
                threads);
        Map<String, Figure> rates = new LinkedHashMap<>();
        new Race(run, "conv", setting, run.rounds().millis(80))
            .times(
                List.of(List.of(Contender.elbo()), run.eachThreads(Peers.ONEDNN)),
                VALUES,
                1e-6 * terms(setting))
            .forEach((name, time) -> rates.put(name, time.rate(setting.operations())));
        double ratio = Peers.add(run.report(), setting.label(), "GFLOP/s", Better.HIGHER, rates);
        table.row(setting.label(), rates, ratio);
      }
    }
    for (String direction : List.of("forward", "input gradient", "filter gradient")) {
      run.print(
          "%s: geometric mean of the ratios %.2f%n",
          direction, run.report().geometricMean(", " + direction));
    }
    run.report()
        .add(Bar.atLeast("geometric mean of the ratios", 0.8, run.report().geometricMean("")));
  }

  /** How many products each element of the result sums. */
  private static double terms(ConvSetting setting) {
    int elements =
        switch (setting.direction()) {
          case FORWARD -> setting.resultElements();
          case INPUT_GRADIENT -> setting.imageElements();
          case FILTER_GRADIENT -> setting.filterElements();
        };
    return setting.operations() / 2 / elements;
  }
}
