package dev.elbo.bench.worker;

/**
 * Fused multiply-adds in registers alone, {@link #OPERATIONS} a step and thread.
 *
 * @param threads how many threads work
 */
public record PeakSetting(int threads) {
  /** Multiplications and additions of one step of one thread. */
  public static final double OPERATIONS = 1 << 26;
}
