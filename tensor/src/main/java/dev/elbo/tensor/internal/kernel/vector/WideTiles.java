package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, columns(rows)] += A[rows, k] B[k, columns(rows)]} for a left factor of up to
 * {@link #MOST_ROWS} contiguous rows and a right factor at any row stride.
 *
 * <p>So few rows of two vectors would leave the multipliers waiting for each other's results, and
 * would read memory in short runs. One method a row count; see {@link RowTiles}.
 */
final class WideTiles {
  /**
   * With 16 registers some accumulators of three rows lie in memory; a large B still takes longer
   * to read by fewer columns at a time.
   */
  static final int MOST_ROWS = 3;

  private static final float[] ZEROS = new float[8 * LANES];

  private WideTiles() {}

  /** Columns of a tile of so many rows. */
  static int columns(int rows) {
    return (rows == 1 ? 8 : 4) * LANES;
  }

  static void multiply(int rows, Tile tile) {
    switch (rows) {
      case 1 -> rows1(tile);
      case 2 -> rows2(tile);
      case 3 -> rows3(tile);
      default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
    }
  }

  private static void rows1(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    FloatVector s04 = FloatVector.fromArray(SPECIES, from, f + 4 * LANES);
    FloatVector s05 = FloatVector.fromArray(SPECIES, from, f + 5 * LANES);
    FloatVector s06 = FloatVector.fromArray(SPECIES, from, f + 6 * LANES);
    FloatVector s07 = FloatVector.fromArray(SPECIES, from, f + 7 * LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      FloatVector u0 = FloatVector.fromArray(SPECIES, b, q);
      s00 = x0.fma(u0, s00);
      FloatVector u1 = FloatVector.fromArray(SPECIES, b, q + LANES);
      s01 = x0.fma(u1, s01);
      FloatVector u2 = FloatVector.fromArray(SPECIES, b, q + 2 * LANES);
      s02 = x0.fma(u2, s02);
      FloatVector u3 = FloatVector.fromArray(SPECIES, b, q + 3 * LANES);
      s03 = x0.fma(u3, s03);
      FloatVector u4 = FloatVector.fromArray(SPECIES, b, q + 4 * LANES);
      s04 = x0.fma(u4, s04);
      FloatVector u5 = FloatVector.fromArray(SPECIES, b, q + 5 * LANES);
      s05 = x0.fma(u5, s05);
      FloatVector u6 = FloatVector.fromArray(SPECIES, b, q + 6 * LANES);
      s06 = x0.fma(u6, s06);
      FloatVector u7 = FloatVector.fromArray(SPECIES, b, q + 7 * LANES);
      s07 = x0.fma(u7, s07);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    s00.intoArray(c, d);
    s01.intoArray(c, d + LANES);
    s02.intoArray(c, d + 2 * LANES);
    s03.intoArray(c, d + 3 * LANES);
    s04.intoArray(c, d + 4 * LANES);
    s05.intoArray(c, d + 5 * LANES);
    s06.intoArray(c, d + 6 * LANES);
    s07.intoArray(c, d + 7 * LANES);
  }

  private static void rows2(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      FloatVector u0 = FloatVector.fromArray(SPECIES, b, q);
      s00 = x0.fma(u0, s00);
      s10 = x1.fma(u0, s10);
      FloatVector u1 = FloatVector.fromArray(SPECIES, b, q + LANES);
      s01 = x0.fma(u1, s01);
      s11 = x1.fma(u1, s11);
      FloatVector u2 = FloatVector.fromArray(SPECIES, b, q + 2 * LANES);
      s02 = x0.fma(u2, s02);
      s12 = x1.fma(u2, s12);
      FloatVector u3 = FloatVector.fromArray(SPECIES, b, q + 3 * LANES);
      s03 = x0.fma(u3, s03);
      s13 = x1.fma(u3, s13);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s00.intoArray(c, d);
    s01.intoArray(c, d + LANES);
    s02.intoArray(c, d + 2 * LANES);
    s03.intoArray(c, d + 3 * LANES);
    d += cStep;
    s10.intoArray(c, d);
    s11.intoArray(c, d + LANES);
    s12.intoArray(c, d + 2 * LANES);
    s13.intoArray(c, d + 3 * LANES);
  }

  private static void rows3(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector s21 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      FloatVector u0 = FloatVector.fromArray(SPECIES, b, q);
      s00 = x0.fma(u0, s00);
      s10 = x1.fma(u0, s10);
      s20 = x2.fma(u0, s20);
      FloatVector u1 = FloatVector.fromArray(SPECIES, b, q + LANES);
      s01 = x0.fma(u1, s01);
      s11 = x1.fma(u1, s11);
      s21 = x2.fma(u1, s21);
      FloatVector u2 = FloatVector.fromArray(SPECIES, b, q + 2 * LANES);
      s02 = x0.fma(u2, s02);
      s12 = x1.fma(u2, s12);
      s22 = x2.fma(u2, s22);
      FloatVector u3 = FloatVector.fromArray(SPECIES, b, q + 3 * LANES);
      s03 = x0.fma(u3, s03);
      s13 = x1.fma(u3, s13);
      s23 = x2.fma(u3, s23);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s00.intoArray(c, d);
    s01.intoArray(c, d + LANES);
    s02.intoArray(c, d + 2 * LANES);
    s03.intoArray(c, d + 3 * LANES);
    d += cStep;
    s10.intoArray(c, d);
    s11.intoArray(c, d + LANES);
    s12.intoArray(c, d + 2 * LANES);
    s13.intoArray(c, d + 3 * LANES);
    d += cStep;
    s20.intoArray(c, d);
    s21.intoArray(c, d + LANES);
    s22.intoArray(c, d + 2 * LANES);
    s23.intoArray(c, d + 3 * LANES);
  }
}
