package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Training steps of nets, in milliseconds: first from the same weights without randomness, where
 * the losses must agree; then against the clock.
 */
final class TrainSuites {
  private static final int COMPARED_STEPS = 10;
  private static final double TOLERANCE = 1e-4;

  private TrainSuites() {}

  /** The lecture's model at three batch sizes, with and without its penalty. */
  static void mlp(BenchRun run) {
    List<List<Contender>> libraries = Peers.training(run, Net.mlp(128, 0, 0));
    for (double l1 : new double[] {0, 0.01}) {
      compare(run, libraries, Net.mlp(128, 0, l1), 32, l1 > 0 ? "with L1" : "without L1");
    }
    FiguresTable table = new FiguresTable("ms a step", 26, Peers.names(libraries));
    for (int batch : new int[] {32, 128, 1024}) {
      for (double l1 : new double[] {0.01, 0}) {
        String label = "batch " + batch + (l1 > 0 ? " with L1" : " without L1");
        time(
            run,
            libraries,
            table,
            label,
            run.files().setting(Net.mlp(128, 0.2, l1), batch, Math.min(64, 8192 / batch), false),
            batch < 1024 ? 3 : 1.5);
      }
    }
  }

  static void vae(BenchRun run) {
    one(run, Net.vae(), 32, 2);
  }

  static void convolutionalVae(BenchRun run) {
    one(run, Net.convolutionalVae(), 8, 1.5);
  }

  static void cnn(BenchRun run) {
    one(run, Net.cnn(), 8, 2);
  }

  private static void one(BenchRun run, Net net, int batches, double limit) {
    List<List<Contender>> libraries = Peers.training(run, net);
    compare(run, libraries, net, 128, "batch 128");
    FiguresTable table = new FiguresTable("ms a step", 26, Peers.names(libraries));
    time(run, libraries, table, "batch 128", run.files().setting(net, 128, batches, false), limit);
  }

  private static void compare(
      BenchRun run, List<List<Contender>> libraries, Net net, int batch, String label) {
    TrainSetting setting = run.files().setting(net, batch, COMPARED_STEPS, true);
    List<PeerSession> sessions = new ArrayList<>();
    for (List<Contender> variants : libraries) {
      sessions.add(run.process(variants.getLast()).open("train", setting));
    }
    String differences = Agreement.require(sessions, COMPARED_STEPS, TOLERANCE);
    sessions.forEach(PeerSession::close);
    run.print(
        "%s: the losses of %d steps from the same weights differ from Elbo's by %s%n",
        label, COMPARED_STEPS, differences);
  }

  private static void time(
      BenchRun run,
      List<List<Contender>> libraries,
      FiguresTable table,
      String label,
      TrainSetting setting,
      double limit) {
    Map<String, Figure> times =
        new Race(run, "train", setting, run.rounds()).times(libraries, 0, 0);
    double ratio = Peers.add(run.report(), label, "ms", Better.LOWER, times);
    table.row(label, times, ratio);
    run.report().add(Bar.atLeast(label + ": times as fast as the best peer", limit, ratio));
  }
}
