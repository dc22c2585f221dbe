package dev.elbo.bench;

/**
 * How long is measured.
 *
 * @param count rounds of each contender
 * @param millis of a round
 * @param leadMillis off the clock before each
 * @param warmMillis how long a process has worked before anything in it is measured: a virtual
 *     machine compiles for some seconds, beside the threads that it compiles for
 */
record Rounds(int count, int millis, int leadMillis, int warmMillis) {
  static final Rounds FULL = new Rounds(15, 250, 60, 8_000);
  static final Rounds QUICK = new Rounds(5, 80, 30, 2_000);

  /** The same with rounds of another length. */
  Rounds millis(int value) {
    return new Rounds(count, value, leadMillis, warmMillis);
  }
}
