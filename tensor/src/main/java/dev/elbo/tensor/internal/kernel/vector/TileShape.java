package dev.elbo.tensor.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tile of C that the registers of this machine hold: some rows of two vectors each. */
final class TileShape {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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
   * Rows of a full tile. Two accumulators a row, two vectors of B and an element of A for each row
   * must fit, because C2 may read all the elements before it multiplies: four rows fit 16
   * registers. {@link #WIDTH} is a multiple of it. (With six, which could fit, one accumulator lay
   * in memory: 38 for 88 GFLOP/s.)
   */
  static final int ROWS = MANY_REGISTERS ? 8 : 4;

  /** Where accumulators start when there is no C to start from. */
  static final float[] ZEROS = new float[WIDTH];

  private TileShape() {}

  /** How many tiles cover {@code rows} rows. */
  static int count(int rows) {
    return Math.ceilDiv(rows, ROWS);
  }

  /**
   * Rows of tile {@code index} of {@code count}: all alike but for one row, because a last tile of
   * one or two rows would leave the multipliers waiting for each other's results.
   */
  static int rows(int rows, int count, int index) {
    return rows / count + (index < rows % count ? 1 : 0);
  }

  /** The first row of tile {@code index} of {@code count}. */
  static int from(int rows, int count, int index) {
    return index * (rows / count) + Math.min(index, rows % count);
  }
}
