package dev.elbo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Contenders on one job, in turns: what changes on the machine meanwhile changes for all. Of a
 * library that can be run in several ways, the fastest takes part.
 */
final class Race {
  private final BenchRun run;
  private final String task;
  private final Object setting;
  private final Rounds rounds;

  Race(BenchRun run, String task, Object setting, Rounds rounds) {
    this.run = run;
    this.task = task;
    this.setting = setting;
    this.rounds = rounds;
  }

  /**
   * Milliseconds a step of each library by its name, in the order given.
   *
   * @param libraries for each the ways to run it
   * @param compared how many values must agree first; 0 for none
   * @param tolerance by how much a value may differ, as a share of the larger of it and 1
   */
  Map<String, Figure> times(List<List<Contender>> libraries, int compared, double tolerance) {
    List<PeerSession> sessions = new ArrayList<>();
    try {
      for (List<Contender> variants : libraries) {
        sessions.add(best(variants));
      }
      if (compared > 0) {
        Agreement.require(sessions, compared, tolerance);
      }
      List<Figure> times = alternate(sessions, rounds);
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (int i = 0; i < times.size(); i++) {
        figures.put(sessions.get(i).process().contender().name(), times.get(i));
      }
      return figures;
    } finally {
      sessions.forEach(PeerSession::close);
    }
  }

  /**
   * Milliseconds a step of each, in rounds that take turns, once each has been warmed up: its code
   * is compiled while it runs.
   */
  static List<Figure> alternate(List<PeerSession> sessions, Rounds rounds) {
    double[][] times = new double[sessions.size()][rounds.count()];
    Set<PeerProcess> processes = new LinkedHashSet<>();
    sessions.forEach(session -> processes.add(session.process()));
    for (PeerSession session : sessions) {
      session.warmUp(() -> round(session, rounds), rounds);
    }
    for (int round = 0; round < rounds.count(); round++) {
      for (int i = 0; i < times.length; i++) {
        Rest.await(processes);
        times[i][round] = round(sessions.get(i), rounds);
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      figures.add(Figure.of(times[i], sessions.get(i).process().contender().setting()));
    }
    return figures;
  }

  private PeerSession best(List<Contender> variants) {
    if (variants.size() == 1) {
      return run.process(variants.getFirst()).open(task, setting);
    }
    PeerSession best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Contender variant : variants) {
      PeerSession session = run.process(variant).open(task, setting);
      Rest.await(run.processes());
      round(session, rounds);
      double once = round(session, rounds);
      double millis = Math.min(once, round(session, rounds));
      if (best == null || millis < least) {
        if (best != null) {
          best.close();
        }
        best = session;
        least = millis;
      } else {
        session.close();
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("a library without a way to run it");
    }
    return best;
  }

  private static double round(PeerSession session, Rounds rounds) {
    return session.round(rounds.leadMillis(), rounds.millis());
  }
}
