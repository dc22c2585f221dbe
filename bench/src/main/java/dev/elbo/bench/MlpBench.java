package dev.elbo.bench;

import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training step of the lecture's model beside other libraries: first with the same weights and no
 * dropout, where the losses must agree; then against the clock, in turns within one run.
 */
public final class MlpBench {
  private static final int STEPS = 200;
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 5;
  private static final int COMPARED_STEPS = 20;
  private static final double TOLERANCE = 1e-4;
  private static final List<MlpCase> CASES =
      List.of(
          new MlpCase(32, 0.2, 0.01),
          new MlpCase(32, 0.2, 0),
          new MlpCase(128, 0.2, 0.01),
          new MlpCase(128, 0.2, 0));

  private MlpBench() {}

  /**
   * Compares and times.
   *
   * @return the exit status: 0, or 1 if the losses do not agree
   */
  public static int compare(List<MlpPeer> peers) {
    BenchEnvironment environment = BenchEnvironment.await();
    BenchReport report = new BenchReport("mlp", environment);
    System.out.println("784-128-10, relu, dropout 0.2, Adam; one training step, medians");
    for (MlpPeer peer : peers) {
      for (double l1 : new double[] {0, 0.01}) {
        double difference = difference(peer, new MlpCase(32, 0, l1));
        System.out.printf(
            Locale.ROOT,
            "%s, %d steps from the same weights without dropout%s: losses differ by at most %.1e%n",
            peer.name(),
            COMPARED_STEPS,
            l1 > 0 ? ", with L1" : "",
            difference);
        if (!(difference <= TOLERANCE)) {
          System.out.println("That is more than " + TOLERANCE + ": nothing to compare.");
          return 1;
        }
      }
    }
    System.out.printf(Locale.ROOT, "%-22s %12s", "case", "elbo ms");
    peers.forEach(peer -> System.out.printf(Locale.ROOT, " %20s", peer.name() + " ms"));
    System.out.printf(Locale.ROOT, " %8s%n", "ratio");
    for (MlpCase setting : CASES) {
      time(setting, peers, report);
    }
    System.out.println(report.json());
    return 0;
  }

  private static double difference(MlpPeer peer, MlpCase setting) {
    MlpData data = MlpData.first(COMPARED_STEPS * setting.batch());
    float[] kernel1 = kernel(784, 128, 1);
    float[] kernel2 = kernel(128, 10, 2);
    double worst = 0;
    try (MlpPeer.Session ours = new ElboMlp(setting, data);
        MlpPeer.Session theirs = peer.open(setting, data)) {
      ours.weights(kernel1, new float[128], kernel2, new float[10]);
      theirs.weights(kernel1, new float[128], kernel2, new float[10]);
      for (int step = 0; step < COMPARED_STEPS; step++) {
        double a = ours.stepWithLoss(step);
        double b = theirs.stepWithLoss(step);
        worst = Math.max(worst, Math.abs(a - b) / Math.max(1, Math.abs(b)));
      }
    }
    return worst;
  }

  private static float[] kernel(int inputs, int units, long seed) {
    double limit = Math.sqrt(6.0 / (inputs + units));
    return Random.uniform(Shape.of(inputs, units)).range(-limit, limit).seed(seed).toFloats();
  }

  private static void time(MlpCase setting, List<MlpPeer> peers, BenchReport report) {
    MlpData data = MlpData.first(Math.min(10_000, STEPS * setting.batch()));
    int steps = data.size() / setting.batch();
    List<MlpPeer.Session> sessions = new ArrayList<>();
    sessions.add(new ElboMlp(setting, data));
    for (MlpPeer peer : peers) {
      sessions.add(peer.open(setting, data));
    }
    double[] medians = new double[sessions.size()];
    try {
      for (MlpPeer.Session session : sessions.subList(1, sessions.size())) {
        session.threads(bestThreads(session, steps));
      }
      double[][] times = new double[sessions.size()][ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        for (int i = 0; i < sessions.size(); i++) {
          double millis = millisPerStep(sessions.get(i), steps);
          if (round >= 0) {
            times[i][round] = millis;
          }
        }
      }
      for (int i = 0; i < times.length; i++) {
        java.util.Arrays.sort(times[i]);
        medians[i] = times[i][ROUNDS / 2];
      }
    } finally {
      sessions.forEach(MlpPeer.Session::close);
    }
    Map<String, Double> others = new LinkedHashMap<>();
    for (int i = 0; i < peers.size(); i++) {
      others.put(peers.get(i).name(), medians[i + 1]);
    }
    double ratio = report.add(setting.label(), "ms", BenchReport.Better.LOWER, medians[0], others);
    System.out.printf(Locale.ROOT, "%-22s %12.3f", setting.label(), medians[0]);
    others.values().forEach(millis -> System.out.printf(Locale.ROOT, " %20.3f", millis));
    System.out.printf(Locale.ROOT, " %8.2f%n", ratio);
  }

  private static int bestThreads(MlpPeer.Session session, int steps) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads++) {
      session.threads(threads);
      millisPerStep(session, steps);
      double millis = millisPerStep(session, steps);
      if (millis < least) {
        least = millis;
        best = threads;
      }
    }
    return best;
  }

  private static double millisPerStep(MlpPeer.Session session, int steps) {
    long start = System.nanoTime();
    session.steps(steps);
    return (System.nanoTime() - start) / 1e6 / steps;
  }
}
