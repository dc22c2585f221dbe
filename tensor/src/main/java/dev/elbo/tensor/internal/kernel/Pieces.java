package dev.elbo.tensor.internal.kernel;

/** How many pieces work is cut into, by its size alone. */
public final class Pieces {
  /** With so many pieces threads share out evenly enough. */
  private static final int MANY = 8;

  private Pieces() {}

  /**
   * The units of a piece, so that no piece has more than {@code most} and none but the last has
   * fewer than the others. A few pieces are, as far as the units allow, a power of two of them,
   * which two or four threads share out evenly.
   *
   * @param most at least 1
   */
  public static int units(long units, int most) {
    long pieces = Math.max(1, Math.ceilDiv(units, most));
    if (pieces < MANY) {
      int few = (int) pieces;
      pieces = few == 1 ? 1 : 2L * Integer.highestOneBit(few - 1);
    }
    return (int) Math.max(1, Math.ceilDiv(units, pieces));
  }
}
