package dev.elbo.tensor.internal.kernel;

/**
 * Whether {@code Math.fma} is one instruction here. Where it is not, each call takes big-decimal
 * arithmetic, about a microsecond instead of a nanosecond: results stay the same, speed does not.
 */
public final class FmaSupport {
  private static final int BATCHES = 32;
  private static final int CALLS = 64;

  /**
   * An interpreted call of the instruction takes some tens of nanoseconds, of the other thousands.
   */
  private static final long MOST_NANOS_PER_CALL = 250;

  private FmaSupport() {}

  /** Measured once, in less than a millisecond where the hardware has it. */
  public static boolean hardware() {
    return Measured.HARDWARE;
  }

  private static boolean measure() {
    long fastest = Long.MAX_VALUE;
    float chain = 1f / 3;
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        // Neither factor nor term may be zero or exact: the software path has shortcuts for those.
        chain = Math.fma(chain, 0.7f, 0.1f);
      }
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest < CALLS * MOST_NANOS_PER_CALL && Float.isFinite(chain);
  }

  private static final class Measured {
    static final boolean HARDWARE = measure();
  }
}
