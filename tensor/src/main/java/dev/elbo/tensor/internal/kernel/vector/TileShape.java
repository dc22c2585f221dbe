package dev.elbo.tensor.internal.kernel.vector;

import jdk.incubator.vector.VectorSpecies;

/** The tile of C that the registers of this machine hold: some rows of two vectors each. */
final class TileShape {
  static final VectorSpecies<Float> SPECIES = Species.FLOATS;

  static final int LANES = SPECIES.length();

  /** Columns of a tile. */
  static final int WIDTH = 2 * LANES;

  /**
   * Whether tiles count on 32 registers for vectors, as AVX-512 and AArch64 have them, or on 16.
   * (AVX-512 has 32 for shorter vectors too, where the JVM is told to use such.)
   */
  static final boolean MANY_REGISTERS =
      LANES >= 16 || (LANES >= 4 && System.getProperty("os.arch").equals("aarch64"));

  /**
   * Rows of a full tile. Two accumulators a row, two vectors of B and one element of A must fit the
   * registers.
   */
  static final int ROWS = MANY_REGISTERS ? 8 : 6;

  /**
   * From one step along k to the next where a left factor is packed: {@link #ROWS} or more, and a
   * divisor of {@link #WIDTH}, so that the place in the right factor follows from that in the left.
   */
  static final int COLUMN = 8;

  /**
   * Whether tiles of five and six rows carry numbers across their loops that take no part in them:
   * with the accumulators, fourteen values. C2 first reads all that a step needs, until it counts
   * more than fourteen vectors and floats that are alive; from then on it spares registers. Five
   * and six rows fit 16 registers only if it spares them from the beginning: otherwise an
   * accumulator lies in memory, at less than half the rate.
   */
  static final boolean CARRIES = !MANY_REGISTERS;

  /**
   * Masks for the place of a row and for the steps of a loop. They change none of them, but tell C2
   * that their sum does not overflow: it then adds what does not change before the loop, and within
   * it a row's element takes no instruction for its address. With 32 registers they mask nothing:
   * not measured there.
   */
  static final int PLACES = MANY_REGISTERS ? -1 : (1 << 30) - 1;

  static final int STEPS = MANY_REGISTERS ? -1 : (1 << 24) - 1;

  /** Where accumulators start when there is no C to start from. */
  static final float[] ZEROS = new float[WIDTH];

  private TileShape() {}

  /** Whether all places of an array are among {@link #PLACES}: tiles mask places of such only. */
  static boolean hasPlaces(float[] array) {
    return MANY_REGISTERS || array.length <= PLACES;
  }

  /** How many tiles of up to {@code most} rows cover {@code rows} rows. */
  static int count(int rows, int most) {
    return Math.ceilDiv(rows, most);
  }

  /**
   * Rows of tile {@code index} of {@code count}.
   *
   * <p>All tiles are alike but for one row, because a last one of one or two rows would leave the
   * multipliers waiting for each other's results. Of six rows, all are whole but for the last two:
   * with five each row takes longer.
   */
  static int rows(int rows, int most, int count, int index) {
    if (most != 6) {
      return rows / count + (index < rows % count ? 1 : 0);
    }
    if (index < count - 2) {
      return most;
    }
    int before = before(rows, most, count);
    return index == count - 1 ? rows - before : before - (count - 2) * most;
  }

  /**
   * The first row of tile {@code index} of {@code count}; of the one after the last, {@code rows}.
   */
  static int from(int rows, int most, int count, int index) {
    if (most != 6) {
      return index * (rows / count) + Math.min(index, rows % count);
    }
    if (index < count - 1) {
      return index * most;
    }
    return index == count ? rows : before(rows, most, count);
  }

  /** The first row of the last of tiles that are whole but for the last two. */
  private static int before(int rows, int most, int count) {
    if (count < 2) {
      return 0;
    }
    int whole = (count - 2) * most;
    int rest = rows - whole;
    // Of ten rows and more, six and what is left; of fewer, both halves.
    return whole + (rest >= 10 ? most : Math.ceilDiv(rest, 2));
  }
}
