package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.PeerSession.Percentiles;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One example at a time from an array to its logits, in milliseconds; one thread. */
final class LatencySuite {
  private static final int LOGITS = 10;
  private static final double TOLERANCE = 1e-4;

  private LatencySuite() {}

  static void run(BenchRun run) {
    List<Contender> contenders =
        List.of(Contender.elbo(1), Contender.peer(Peers.ONNX, 1), Contender.peer(Peers.DJL, 1));
    List<String> names = contenders.stream().map(Contender::name).toList();
    FiguresTable table = new FiguresTable("ms a call", 26, names);
    one(run, contenders, table, "MLP, one row", Net.mlp(128, 0, 0), 2000);
    one(run, contenders, table, "net, one image", Net.cnn(), 500);
  }

  private static void one(
      BenchRun run,
      List<Contender> contenders,
      FiguresTable table,
      String label,
      Net net,
      int fullCalls) {
    int calls = run.quick() ? fullCalls / 2 : fullCalls;
    int leadMillis = run.rounds().leadMillis();
    TrainSetting setting = run.files().setting(net, 1, 1, true);
    List<PeerSession> sessions = new ArrayList<>();
    for (Contender contender : contenders) {
      sessions.add(run.process(contender).open("predict", setting));
    }
    String differences = Agreement.require(sessions, LOGITS, TOLERANCE);
    run.print("%s: logits differ from Elbo's by %s%n", label, differences);
    for (PeerSession session : sessions) {
      session.warmUp(() -> session.latency(leadMillis, calls).p50(), run.rounds());
    }
    int rounds = run.rounds().count();
    double[][] p50 = new double[sessions.size()][rounds];
    double[][] p99 = new double[sessions.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sessions.size(); i++) {
        Rest.await(run.processes());
        Percentiles figures = sessions.get(i).latency(leadMillis, calls);
        p50[i][round] = figures.p50();
        p99[i][round] = figures.p99();
      }
    }
    sessions.forEach(PeerSession::close);
    add(run, contenders, table, label + ", p50", p50);
    add(run, contenders, table, label + ", p99", p99);
  }

  private static void add(
      BenchRun run,
      List<Contender> contenders,
      FiguresTable table,
      String label,
      double[][] rounds) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (int i = 0; i < rounds.length; i++) {
      Contender contender = contenders.get(i);
      figures.put(contender.name(), Figure.of(rounds[i], contender.setting()));
    }
    double ratio = Peers.add(run.report(), label, "ms", Better.LOWER, figures);
    table.row(label, figures, ratio);
    run.report().add(Bar.atLeast(label + ": times as fast as the best peer", 1, ratio));
  }
}
