package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.PeerProcess.Memory;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.TrainSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The largest resident size of a process that trains, in MiB, and whether it stays as it is. */
final class MemorySuite {
  private static final int BATCHES = 8;
  private static final int FIRST_STEPS = 400;

  /** Small heaps, the smallest first. */
  private static final List<String> SMALL_HEAPS =
      List.of("-Xmx64m", "-Xmx96m", "-Xmx128m", "-Xmx192m", "-Xmx256m", "-Xmx384m");

  private MemorySuite() {}

  private record Trained(String setting, double peak, double growth) {}

  static void run(BenchRun run) {
    List<String> names = List.of(Contender.ELBO, Peers.DJL, Peers.TENSORFLOW);
    FiguresTable table = new FiguresTable("peak, MiB", 26, names);
    for (Map.Entry<String, TrainSetting> job : jobs(run).entrySet()) {
      Map<String, Figure> peaks = new LinkedHashMap<>();
      double growth = Double.NaN;
      int steps = run.quick() ? (job.getValue().batch() < 128 ? 2000 : 80) : 10_000;
      for (String name : names) {
        if (name.equals(Peers.DJL) && !Peers.djlCan(job.getValue().net())) {
          continue;
        }
        boolean elbo = name.equals(Contender.ELBO);
        Contender contender = elbo ? Contender.elbo() : Contender.peer(name, run.cores());
        Trained trained = least(run, contender, job.getValue(), steps);
        peaks.put(name, new Figure(trained.peak, Double.NaN, trained.setting));
        growth = elbo ? trained.growth : growth;
      }
      double ratio = Peers.add(run.report(), job.getKey(), "MiB", Better.LOWER, peaks);
      table.row(job.getKey(), peaks, ratio);
      run.report().add(Bar.atLeast(job.getKey() + ": best peer's peak over Elbo's", 1, ratio));
      run.report()
          .add(
              Bar.atMost(
                  job.getKey() + ": resident size after all steps over that after a fifth",
                  1.05,
                  growth));
    }
  }

  private static Map<String, TrainSetting> jobs(BenchRun run) {
    Map<String, TrainSetting> jobs = new LinkedHashMap<>();
    jobs.put("MLP, batch 32", run.files().setting(Net.mlp(128, 0.2, 0.01), 32, BATCHES, false));
    jobs.put("VAE, batch 128", run.files().setting(Net.vae(), 128, BATCHES, false));
    jobs.put(
        "convolutional VAE, batch 128",
        run.files().setting(Net.convolutionalVae(), 128, BATCHES, false));
    jobs.put("net, batch 128", run.files().setting(Net.cnn(), 128, BATCHES, false));
    return jobs;
  }

  /**
   * With the JVM's own heap or the smallest that is enough, whichever needs less to begin with. A
   * peer's peak comes early, and all of its steps would take hours: it makes those first steps
   * only.
   */
  private static Trained least(BenchRun run, Contender contender, TrainSetting setting, int steps) {
    int first = Math.min(steps, FIRST_STEPS);
    Contender best = contender;
    Trained trained = train(run, contender, setting, first);
    for (String heap : SMALL_HEAPS) {
      Contender small = contender.withSerialCollector(heap);
      try {
        Trained less = train(run, small, setting, first);
        if (less.peak < trained.peak) {
          best = small;
          trained = less;
        }
        break;
      } catch (IllegalStateException e) {
        // It needs more than this heap.
      }
    }
    if (!contender.name().equals(Contender.ELBO) || steps == first) {
      return trained;
    }
    try {
      return train(run, best, setting, steps);
    } catch (IllegalStateException e) {
      // The heap was too small after all.
      return train(run, contender, setting, steps);
    }
  }

  private static Trained train(BenchRun run, Contender contender, TrainSetting setting, int steps) {
    try (PeerProcess process = run.freshProcess(contender);
        PeerSession session = process.open("train", setting)) {
      session.steps(steps / 5);
      double early = process.memory().resident();
      session.steps(steps - steps / 5);
      Memory late = process.memory();
      return new Trained(contender.setting(), late.peak(), late.resident() / early);
    }
  }
}
