package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.GemmSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Matrix products in float32, in GFLOP/s (2 M N K operations a product), beside OpenBLAS. */
final class GemmSuite {
  static final String OPENBLAS = "openblas";

  private static final int VALUES = 2000;
  private static final int ROUND_MILLIS = 60;

  /** What two threads must keep of one thread's rate when another process has the second core. */
  private static final double BUSY_LIMIT = 0.7;

  /** Beside a busy process, rounds are longer than the scheduler's time slices. */
  private static final int BUSY_ROUND_MILLIS = 160;

  private GemmSuite() {}

  private record Product(boolean transposeA, boolean transposeB, int m, int k, int n) {
    GemmSetting setting(int threads) {
      return new GemmSetting(transposeA, transposeB, m, k, n, threads);
    }
  }

  private static Product product(int m, int k, int n) {
    return new Product(false, false, m, k, n);
  }

  private static Product transposedA(int m, int k, int n) {
    return new Product(true, false, m, k, n);
  }

  private static Product transposedB(int m, int k, int n) {
    return new Product(false, true, m, k, n);
  }

  /** A hidden layer of 128 at batch 32, forward, weights' and input's gradient; larger squares. */
  private static List<Product> standard() {
    return List.of(
        product(32, 784, 128),
        transposedA(784, 32, 128),
        transposedB(32, 128, 784),
        product(128, 784, 512),
        product(512, 512, 512),
        product(1024, 1024, 1024));
  }

  /** All factors' orders, the layers of the nets, an output layer of 10, and one row. */
  private static List<Product> more() {
    return List.of(
        transposedA(512, 512, 512),
        transposedB(512, 512, 512),
        new Product(true, true, 512, 512, 512),
        product(784, 32, 128),
        product(32, 128, 784),
        product(128, 784, 128),
        transposedA(784, 128, 128),
        product(1024, 784, 128),
        transposedA(784, 1024, 128),
        product(128, 784, 400),
        transposedA(784, 128, 400),
        product(128, 400, 784),
        transposedB(128, 784, 400),
        product(128, 400, 20),
        product(128, 1600, 10),
        product(15488, 288, 64),
        transposedA(288, 15488, 64),
        transposedB(15488, 64, 288),
        product(32, 128, 10),
        transposedA(128, 32, 10),
        transposedB(32, 10, 128),
        product(8, 784, 128),
        product(1, 784, 128));
  }

  static void run(BenchRun run) {
    if (run.has("--busy")) {
      besideABusyProcess(run);
      return;
    }
    List<Product> products =
        run.quick() ? standard() : Stream.concat(standard().stream(), more().stream()).toList();
    FiguresTable table =
        new FiguresTable("M x K x N, GFLOP/s", 34, List.of(Contender.ELBO, OPENBLAS));
    BenchReport report = run.report();
    for (int threads = 1; threads <= 2; threads++) {
      for (Product product : products) {
        GemmSetting setting = product.setting(threads);
        Map<String, Figure> rates = new LinkedHashMap<>();
        new Race(run, "gemm", setting, run.rounds().millis(ROUND_MILLIS))
            .times(
                List.of(List.of(Contender.elbo()), List.of(Contender.peer(OPENBLAS, threads))),
                VALUES,
                1e-6 * setting.k())
            .forEach((name, time) -> rates.put(name, time.rate(setting.operations())));
        String label = setting.label() + ", " + Contender.threads(threads);
        table.row(label, rates, Peers.add(report, label, "GFLOP/s", Better.HIGHER, rates));
      }
    }
    for (int threads = 1; threads <= 2; threads++) {
      String ending = ", " + Contender.threads(threads);
      report.add(
          Bar.atLeast("geometric mean of the ratios" + ending, 1, report.geometricMean(ending)));
    }
    report.add(Bar.atLeast("least ratio of a shape", 0.8, report.leastRatio()));
  }

  /** Two threads against one while another process keeps one core busy. */
  private static void besideABusyProcess(BenchRun run) {
    FiguresTable table =
        new FiguresTable("M x K x N, GFLOP/s", 34, List.of("two threads", "one thread"));
    try (BusyProcess busy = BusyProcess.start()) {
      for (Product product : standard()) {
        List<PeerSession> sessions = new ArrayList<>();
        for (int threads : new int[] {2, 1}) {
          sessions.add(run.process(Contender.elbo()).open("gemm", product.setting(threads)));
        }
        List<Figure> times = Race.alternate(sessions, run.rounds().millis(BUSY_ROUND_MILLIS));
        double operations = product.setting(1).operations();
        Figure two = times.get(0).rate(operations);
        Figure one = times.get(1).rate(operations);
        String label = product.setting(1).label();
        double ratio =
            run.report().add(label, "GFLOP/s", Better.HIGHER, two, Map.of("elbo-1-thread", one));
        table.row(label, Map.of("two threads", two, "one thread", one), ratio);
        sessions.forEach(PeerSession::close);
        busy.requireAlive();
      }
    }
    run.report()
        .add(
            Bar.atLeast(
                "two threads over one beside a busy process",
                BUSY_LIMIT,
                run.report().leastRatio()));
  }
}
