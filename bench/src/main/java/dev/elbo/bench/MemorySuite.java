package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.PeerProcess.Memory;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.TrainSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The largest resident size of a process that trains, in MiB, and whether it stays as it is: what
 * it is after 10,000 steps over what it was before them, in a process that has trained for a while,
 * so that the JVM has compiled what it will.
 */
final class MemorySuite {
  private static final int BATCHES = 8;

  /** Small heaps, the smallest first. */
  private static final List<String> SMALL_HEAPS =
      List.of("-Xmx64m", "-Xmx96m", "-Xmx128m", "-Xmx192m", "-Xmx256m", "-Xmx384m");

  private MemorySuite() {}

  private record Trained(String setting, double peak, double growth) {}

  /**
   * Where a size that stays as it is begins, and over how many steps.
   *
   * @param warmUpSeconds at least so long before
   * @param warmUpSteps and at least so many steps
   * @param steps how many are looked at
   * @param firstSteps after how many heaps and peers are compared
   */
  private record Span(int warmUpSeconds, int warmUpSteps, int steps, int firstSteps) {
    static final Span FULL = new Span(15, 2_000, 10_000, 400);

    /** Too short to say much: that the suite works. */
    static Span quick(TrainSetting setting) {
      return setting.batch() < 128 ? new Span(2, 400, 2_000, 400) : new Span(1, 16, 40, 24);
    }
  }

  static void run(BenchRun run) {
    List<String> names = List.of(Contender.ELBO, Peers.DJL, Peers.TENSORFLOW);
    FiguresTable table = new FiguresTable("peak, MiB", 26, names);
    for (Map.Entry<String, TrainSetting> job : jobs(run).entrySet()) {
      Map<String, Figure> peaks = new LinkedHashMap<>();
      double growth = Double.NaN;
      Span span = run.quick() ? Span.quick(job.getValue()) : Span.FULL;
      for (String name : names) {
        if (name.equals(Peers.DJL) && !Peers.djlCan(job.getValue().net())) {
          continue;
        }
        boolean elbo = name.equals(Contender.ELBO);
        Contender contender = elbo ? Contender.elbo() : Contender.peer(name, run.cores());
        Trained trained = least(run, contender, job.getValue(), span);
        peaks.put(name, new Figure(trained.peak, Double.NaN, trained.setting));
        growth = elbo ? trained.growth : growth;
      }
      double ratio = Peers.add(run.report(), job.getKey(), "MiB", Better.LOWER, peaks);
      table.row(job.getKey(), peaks, ratio);
      run.report().add(Bar.atLeast(job.getKey() + ": best peer's peak over Elbo's", 1, ratio));
      run.report()
          .add(
              Bar.atMost(
                  String.format(
                      Locale.ROOT,
                      "%s: resident size after %,d steps over that before them",
                      job.getKey(),
                      span.steps),
                  1.05,
                  growth));
    }
  }

  private static Map<String, TrainSetting> jobs(BenchRun run) {
    Map<String, TrainSetting> jobs = new LinkedHashMap<>();
    jobs.put("MLP, batch 32", run.files().setting(Net.mlp(128, 0.2, 0.01), 32, BATCHES, false));
    if (!run.quick()) {
      jobs.put("VAE, batch 128", run.files().setting(Net.vae(), 128, BATCHES, false));
      jobs.put(
          "convolutional VAE, batch 128",
          run.files().setting(Net.convolutionalVae(), 128, BATCHES, false));
    }
    jobs.put("net, batch 128", run.files().setting(Net.cnn(), 128, BATCHES, false));
    return jobs;
  }

  /**
   * With the JVM's own heap or the smallest that is enough, whichever needs less to begin with. A
   * peer's peak comes early, and all of its steps would take hours: it makes those first steps
   * only.
   */
  private static Trained least(BenchRun run, Contender contender, TrainSetting setting, Span span) {
    Contender best = contender;
    Trained trained = begin(run, contender, setting, span);
    for (String heap : SMALL_HEAPS) {
      Contender small = contender.withSerialCollector(heap);
      try {
        Trained less = begin(run, small, setting, span);
        if (less.peak < trained.peak) {
          best = small;
          trained = less;
        }
        break;
      } catch (IllegalStateException e) {
        // It needs more than this heap.
      }
    }
    if (!contender.name().equals(Contender.ELBO)) {
      return trained;
    }
    try {
      return train(run, best, setting, span);
    } catch (IllegalStateException e) {
      // The heap was too small after all.
      return train(run, contender, setting, span);
    }
  }

  private static Trained begin(BenchRun run, Contender contender, TrainSetting setting, Span span) {
    try (PeerProcess process = run.freshProcess(contender);
        PeerSession session = process.open("train", setting)) {
      session.steps(span.firstSteps);
      return new Trained(contender.setting(), process.memory().peak(), Double.NaN);
    }
  }

  private static Trained train(BenchRun run, Contender contender, TrainSetting setting, Span span) {
    try (PeerProcess process = run.freshProcess(contender);
        PeerSession session = process.open("train", setting)) {
      long start = System.nanoTime();
      do {
        session.steps(span.warmUpSteps);
      } while (System.nanoTime() - start < span.warmUpSeconds * 1_000_000_000L);
      double early = process.memory().resident();
      session.steps(span.steps);
      Memory late = process.memory();
      return new Trained(contender.setting(), late.peak(), late.resident() / early);
    }
  }
}
