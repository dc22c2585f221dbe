package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.PLACES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.STEPS;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, WIDTH] += A[rows, k] B[k, WIDTH]} for a left factor whose rows are contiguous
 * along k and a right factor at any row stride: what a small batch needs, where nothing is worth
 * packing.
 *
 * <p>One method a row count, because C2 keeps accumulators in registers only when each is a local
 * variable of its own, and gives up on methods much larger than these.
 */
final class RowTiles {

  private RowTiles() {}

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
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
  }

  private static void rows2(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0 & PLACES;
    int aStep = tile.aStep;
    int a1 = (a0 + aStep) & PLACES;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k & STEPS;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
  }

  private static void rows3(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0 & PLACES;
    int aStep = tile.aStep;
    int a1 = (a0 + aStep) & PLACES;
    int a2 = (a1 + aStep) & PLACES;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k & STEPS;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
  }

  private static void rows4(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0 & PLACES;
    int aStep = tile.aStep;
    int a1 = (a0 + aStep) & PLACES;
    int a2 = (a1 + aStep) & PLACES;
    int a3 = (a2 + aStep) & PLACES;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k & STEPS;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
    d += cStep;
    s3.intoArray(c, d);
    t3.intoArray(c, d + LANES);
  }

  private static void rows5(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0 & PLACES;
    int aStep = tile.aStep;
    int a1 = (a0 + aStep) & PLACES;
    int a2 = (a1 + aStep) & PLACES;
    int a3 = (a2 + aStep) & PLACES;
    int a4 = (a3 + aStep) & PLACES;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k & STEPS;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
    d += cStep;
    s3.intoArray(c, d);
    t3.intoArray(c, d + LANES);
    d += cStep;
    s4.intoArray(c, d);
    t4.intoArray(c, d + LANES);
  }

  private static void rows6(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int a0 = tile.a0 & PLACES;
    int aStep = tile.aStep;
    int a1 = (a0 + aStep) & PLACES;
    int a2 = (a1 + aStep) & PLACES;
    int a3 = (a2 + aStep) & PLACES;
    int a4 = (a3 + aStep) & PLACES;
    int a5 = (a4 + aStep) & PLACES;
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k & STEPS;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
    d += cStep;
    s3.intoArray(c, d);
    t3.intoArray(c, d + LANES);
    d += cStep;
    s4.intoArray(c, d);
    t4.intoArray(c, d + LANES);
    d += cStep;
    s5.intoArray(c, d);
    t5.intoArray(c, d + LANES);
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
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
    d += cStep;
    s3.intoArray(c, d);
    t3.intoArray(c, d + LANES);
    d += cStep;
    s4.intoArray(c, d);
    t4.intoArray(c, d + LANES);
    d += cStep;
    s5.intoArray(c, d);
    t5.intoArray(c, d + LANES);
    d += cStep;
    s6.intoArray(c, d);
    t6.intoArray(c, d + LANES);
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
    int bStep = tile.bStep;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t7 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int q = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      s7 = x7.fma(u, s7);
      t7 = x7.fma(v, t7);
      q += bStep;
    }
    float[] c = tile.c;
    int d = tile.c0;
    int cStep = tile.cStep;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
    d += cStep;
    s1.intoArray(c, d);
    t1.intoArray(c, d + LANES);
    d += cStep;
    s2.intoArray(c, d);
    t2.intoArray(c, d + LANES);
    d += cStep;
    s3.intoArray(c, d);
    t3.intoArray(c, d + LANES);
    d += cStep;
    s4.intoArray(c, d);
    t4.intoArray(c, d + LANES);
    d += cStep;
    s5.intoArray(c, d);
    t5.intoArray(c, d + LANES);
    d += cStep;
    s6.intoArray(c, d);
    t6.intoArray(c, d + LANES);
    d += cStep;
    s7.intoArray(c, d);
    t7.intoArray(c, d + LANES);
  }
}
