package dev.elbo.bench;

/**
 * How long is measured.
 *
 * @param count rounds of each contender
 * @param millis of a round
 * @param leadMillis off the clock before each
 * @param warmMillis how long a process of Elbo has worked before anything in it is measured: a
 *     virtual machine compiles for some seconds, beside the threads that it compiles for
 * @param peerWarmMillis the same for others, most of whose code was compiled before
 */
record Rounds(int count, int millis, int leadMillis, int warmMillis, int peerWarmMillis) {
  static final Rounds FULL = new Rounds(15, 250, 60, 8_000, 8_000);
  static final Rounds QUICK = new Rounds(5, 80, 30, 5_000, 2_000);

  /** How long a process has worked before anything in it is measured. */
  int warmMillis(Contender contender) {
    return contender.name().equals(Contender.ELBO) ? warmMillis : peerWarmMillis;
  }

  /** Others, with as long a warm-up. */
  Rounds with(int otherCount, int otherMillis) {
    return new Rounds(otherCount, otherMillis, leadMillis, warmMillis, peerWarmMillis);
  }

  /** The same with rounds of another length. */
  Rounds millis(int value) {
    return with(count, value);
  }
}
