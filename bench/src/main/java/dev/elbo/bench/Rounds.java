package dev.elbo.bench;

/**
 * How long is measured.
 *
 * @param count rounds of each contender
 * @param millis of a round
 * @param leadMillis off the clock before each
 */
record Rounds(int count, int millis, int leadMillis) {
  static final Rounds FULL = new Rounds(15, 250, 60);
  static final Rounds QUICK = new Rounds(5, 80, 30);

  /** The same with rounds of another length. */
  Rounds millis(int value) {
    return new Rounds(count, value, leadMillis);
  }
}
