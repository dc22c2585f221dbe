package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, LANES] += A[rows, k] B[k, LANES]} for a left factor whose rows are contiguous
 * along k, read in place, and a right factor packed to rows of one vector: the classes of a last
 * layer, and what is left of a matrix beyond its last whole panel. Up to three rows take a right
 * factor with rows at any stride, so that it may be read in place.
 *
 * <p>One method a row count; see {@link RowTiles}.
 */
final class NarrowTiles {

  private NarrowTiles() {}

  static void multiply(int rows, Tile tile) {
    switch (rows) {
      case 1 -> rows1(tile);
      case 2 -> rows2(tile);
      case 3 -> rows3(tile);
      case 4 -> rows4(tile);
      case 5 -> rows5(tile);
      case 6 -> rows6(tile);
      case 7 -> rows7(tile);
      case 8 -> rows8(tile);
      default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
    }
  }

  private static void rows1(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    int q = tile.b0;
    int bStep = tile.bStep;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    s0.intoArray(c, d);
  }

  private static void rows2(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    int q = tile.b0;
    int bStep = tile.bStep;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
  }

  private static void rows3(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    int q = tile.b0;
    int bStep = tile.bStep;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
  }

  private static void rows4(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, bIndex + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, s3);
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
    d += cStep;
    s3.intoArray(c, d);
  }

  private static void rows5(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, bIndex + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, s3);
      s4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(u, s4);
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
    d += cStep;
    s3.intoArray(c, d);
    d += cStep;
    s4.intoArray(c, d);
  }

  private static void rows6(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, bIndex + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, s3);
      s4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(u, s4);
      s5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(u, s5);
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
    d += cStep;
    s3.intoArray(c, d);
    d += cStep;
    s4.intoArray(c, d);
    d += cStep;
    s5.intoArray(c, d);
  }

  private static void rows7(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
    int a6 = a5 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, bIndex + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, s3);
      s4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(u, s4);
      s5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(u, s5);
      s6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(u, s6);
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
    d += cStep;
    s3.intoArray(c, d);
    d += cStep;
    s4.intoArray(c, d);
    d += cStep;
    s5.intoArray(c, d);
    d += cStep;
    s6.intoArray(c, d);
  }

  private static void rows8(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0;
    int aStep = tile.aStep;
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
    int a6 = a5 + aStep;
    int a7 = a6 + aStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    f += fStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f);
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, bIndex + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, s3);
      s4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(u, s4);
      s5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(u, s5);
      s6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(u, s6);
      s7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(u, s7);
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    d += cStep;
    s1.intoArray(c, d);
    d += cStep;
    s2.intoArray(c, d);
    d += cStep;
    s3.intoArray(c, d);
    d += cStep;
    s4.intoArray(c, d);
    d += cStep;
    s5.intoArray(c, d);
    d += cStep;
    s6.intoArray(c, d);
    d += cStep;
    s7.intoArray(c, d);
  }
}
