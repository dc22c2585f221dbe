package dev.elbo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nobody is fast by being wrong. */
final class Agreement {
  private Agreement() {}

  /**
   * Throws unless all have the values of the first; says by how much each differs.
   *
   * @param count how many values
   * @param tolerance by how much one may differ, as a share of the larger of it and 1
   */
  static String require(List<PeerSession> sessions, int count, double tolerance) {
    List<String> differences = new ArrayList<>();
    double[] expected = sessions.getFirst().values(count);
    for (PeerSession session : sessions.subList(1, sessions.size())) {
      String name = session.process().contender().name();
      double difference = difference(expected, session.values(count));
      if (!(difference <= tolerance)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s and %s differ by %.1e, more than %.0e: there is nothing to compare.",
                sessions.getFirst().process().contender().name(),
                name,
                difference,
                tolerance));
      }
      differences.add(String.format(Locale.ROOT, "%s %.1e", name, difference));
    }
    return String.join(", ", differences);
  }

  /** The largest of {@code |a - b| / max(1, |a|)}; NaN if their numbers differ. */
  static double difference(double[] a, double[] b) {
    if (a.length != b.length || a.length == 0) {
      return Double.NaN;
    }
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      // NaN wins.
      worst = Math.max(worst, Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(a[i])));
    }
    return worst;
  }
}
