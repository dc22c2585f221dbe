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
   * Rows of a full tile. Two accumulators a row, two vectors of B and a few broadcast elements of A
   * must fit: six rows into 16 registers, eight rows into the 32 of AVX-512 and of AArch64.
   */
  static final int ROWS = registers() >= 32 ? 8 : 6;

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

  private static int registers() {
    return LANES >= 16 || System.getProperty("os.arch").equals("aarch64") ? 32 : 16;
  }
}
