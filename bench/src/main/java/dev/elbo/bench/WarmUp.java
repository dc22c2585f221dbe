package dev.elbo.bench;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** What is run before anything is measured. */
final class WarmUp {
  private static final int MOST_ROUNDS = 12;
  private static final double STILL_FASTER = 0.97;

  private WarmUp() {}

  /**
   * Runs rounds until two in a row have brought nothing, and until the process has worked for as
   * long as it should before anything is measured.
   *
   * @param round runs one; the milliseconds of what is measured in it
   * @param workedMillis how long the process has worked so far
   * @param leastMillis how long it should
   */
  static void run(DoubleSupplier round, LongSupplier workedMillis, int leastMillis) {
    double least = Double.POSITIVE_INFINITY;
    int idle = 0;
    int rounds = 0;
    while ((idle < 2 && rounds < MOST_ROUNDS) || workedMillis.getAsLong() < leastMillis) {
      double millis = round.getAsDouble();
      idle = millis < STILL_FASTER * least ? 0 : idle + 1;
      least = Math.min(least, millis);
      rounds++;
    }
  }
}
