package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.CARRIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.COLUMN;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, WIDTH] += A[rows, k] B[k, WIDTH]} for factors that are both packed: the right one
 * to rows of {@code WIDTH}, the left one to columns of {@code COLUMN}.
 *
 * <p>One method a row count; see {@link RowTiles}. Up to six rows, the full height where there are
 * 16 registers, a loop counts elements of A: two addresses in one instruction or two. What the
 * tiles of more rows compute with addresses is hidden behind their multiplications.
 */
final class PanelTiles {

  private PanelTiles() {}

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
    int aIndex = tile.a0;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
    }
    float[] c = tile.c;
    int d = tile.c0;
    s0.intoArray(c, d);
    t0.intoArray(c, d + LANES);
  }

  private static void rows2(Tile tile) {
    float[] a = tile.a;
    float[] b = tile.b;
    int aIndex = tile.a0;
    float[] from = tile.accumulate ? tile.c : TileShape.ZEROS;
    int f = tile.accumulate ? tile.c0 : 0;
    int fStep = tile.accumulate ? tile.cStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
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
    int aIndex = tile.a0;
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
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
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
    int aIndex = tile.a0;
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
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
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
    int aIndex = tile.a0;
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
    float idle0 = CARRIES ? tile.idle0 : 0f;
    float idle1 = CARRIES ? tile.idle1 : 0f;
    float idle2 = CARRIES ? tile.idle2 : 0f;
    float idle3 = CARRIES ? tile.idle3 : 0f;
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
    }
    if (CARRIES) {
      tile.carried0 = idle0;
      tile.carried1 = idle1;
      tile.carried2 = idle2;
      tile.carried3 = idle3;
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
    int aIndex = tile.a0;
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
    float idle0 = CARRIES ? tile.idle0 : 0f;
    float idle1 = CARRIES ? tile.idle1 : 0f;
    int shift = tile.b0 - aIndex * (WIDTH / COLUMN);
    int end = aIndex + tile.k * COLUMN;
    for (int q = aIndex; q < end; q += COLUMN) {
      int panel = q * (WIDTH / COLUMN) + shift;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + 5]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
    }
    if (CARRIES) {
      tile.carried0 = idle0;
      tile.carried1 = idle1;
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
    int aIndex = tile.a0;
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
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      int q = aIndex + p * COLUMN;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + 5]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
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
    int aIndex = tile.a0;
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
    int bIndex = tile.b0;
    int k = tile.k;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      int q = aIndex + p * COLUMN;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[q + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[q + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[q + 4]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[q + 5]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[q + 7]);
      s7 = x7.fma(u, s7);
      t7 = x7.fma(v, t7);
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
