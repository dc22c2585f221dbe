package dev.elbo.tensor.internal.kernel;

/**
 * Philox 4x32-10: four random 32-bit words as a function of a 128-bit counter and a 64-bit key.
 *
 * <p>Ten rounds of {@code (x0, x1, x2, x3) <- (hi(B x2) ^ x1 ^ k0, lo(B x2), hi(A x0) ^ x3 ^ k1,
 * lo(A x0))}, where {@code hi} and {@code lo} are the halves of a 64-bit product, A = D2511F53, B =
 * CD9E8D57 (hexadecimal), and the key {@code (k0, k1)} grows by (9E3779B9, BB67AE85) after each
 * round. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
 * 2011, section 3.3.
 *
 * <p>Elbo's use of the words:
 *
 * <ul>
 *   <li>counter: {@code (x0, x1)} are the low and high half of the block index, {@code (x2, x3)}
 *       those of the step;
 *   <li>key: {@code (k0, k1)} are the low and high half of {@code mix(mix(seed) + stream)}, where
 *       mix is the one-to-one function {@link #mix}: two streams of a seed never share a key.
 * </ul>
 *
 * <p>An instance holds the words that it made last, so that a loop over blocks allocates nothing;
 * it belongs to one thread.
 */
public final class Philox {
  public static final int MULTIPLIER_A = 0xD2511F53;
  public static final int MULTIPLIER_B = 0xCD9E8D57;
  public static final int KEY_INCREMENT_0 = 0x9E3779B9;
  public static final int KEY_INCREMENT_1 = 0xBB67AE85;
  public static final int ROUNDS = 10;

  private static final long LOW = 0xffff_ffffL;

  private final long key;
  private final long step;
  private int x0;
  private int x1;
  private int x2;
  private int x3;

  private Philox(long key, long step) {
    this.key = key;
    this.step = step;
  }

  /** The words of one step of one stream of a seed. */
  public static Philox of(long seed, int stream, long step) {
    return new Philox(mix(mix(seed) + stream), step);
  }

  /**
   * The words under a key as it is.
   *
   * @param key k0 in the low half, k1 in the high half
   * @param step x2 in the low half, x3 in the high half
   */
  static Philox ofKey(long key, long step) {
    return new Philox(key, step);
  }

  /**
   * {@code z ^= z >>> 30; z *= BF58476D1CE4E5B9; z ^= z >>> 27; z *= 94D049BB133111EB; z ^= z >>>
   * 31}: every bit of z changes about half the bits of the result. Source: Steele, Lea, Flood,
   * "Fast splittable pseudorandom number generators", OOPSLA 2014, after Stafford.
   */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Makes the four words of a block. */
  public void generate(long block) {
    // Only the low halves of these count; the high halves are cleared where they would matter.
    long a = block;
    long b = block >>> 32;
    long c = step;
    long d = step >>> 32;
    long k0 = key;
    long k1 = key >>> 32;
    for (int round = 0; round < ROUNDS; round++) {
      long p = (a & LOW) * (MULTIPLIER_A & LOW);
      long q = (c & LOW) * (MULTIPLIER_B & LOW);
      a = (q >>> 32) ^ b ^ k0;
      b = q;
      c = (p >>> 32) ^ d ^ k1;
      d = p;
      k0 += KEY_INCREMENT_0;
      k1 += KEY_INCREMENT_1;
    }
    x0 = (int) a;
    x1 = (int) b;
    x2 = (int) c;
    x3 = (int) d;
  }

  public int x0() {
    return x0;
  }

  public int x1() {
    return x1;
  }

  public int x2() {
    return x2;
  }

  public int x3() {
    return x3;
  }

  public long key() {
    return key;
  }

  public long step() {
    return step;
  }
}
