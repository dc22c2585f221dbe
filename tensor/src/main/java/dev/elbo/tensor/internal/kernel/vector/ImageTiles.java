package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[targets[i], WIDTH] += X[places[i], k] W[k, WIDTH]}, where the elements k of a row of X
 * lie in the image itself, in runs: one method a row count, all values in registers.
 */
final class ImageTiles {
  /** Rows of a tile, as many as the registers hold. */
  static final int ROWS = TileShape.ROWS;

  private ImageTiles() {}

  /** As {@link #multiply}, one row. */
  static void multiplyOne(
      float[] x,
      int x0,
      int[] places,
      int place,
      int[] runs,
      int runFrom,
      int runTo,
      float[] w,
      int w0,
      float[] c,
      int c0,
      int[] targets,
      int target,
      boolean accumulate) {
    rows1(x, x0, places, place, runs, runFrom, runTo, w, w0, c, c0, targets, target, accumulate);
  }

  /**
   * Multiplies {@link #ROWS} rows by some runs of a panel.
   *
   * @param places where each row begins in the image, counted from {@code x0}
   * @param place which of them is the tile's first
   * @param runs of each run, where it begins, counted from the row's beginning, and its length
   * @param w the panel, from its element {@code w0} on: a row of {@code WIDTH} for each element k
   * @param targets where each row of C begins, counted from {@code c0}
   * @param target which of them is the tile's first
   */
  static void multiply(
      float[] x,
      int x0,
      int[] places,
      int place,
      int[] runs,
      int runFrom,
      int runTo,
      float[] w,
      int w0,
      float[] c,
      int c0,
      int[] targets,
      int target,
      boolean accumulate) {
    if (ROWS == 8) {
      rows8(x, x0, places, place, runs, runFrom, runTo, w, w0, c, c0, targets, target, accumulate);
    } else {
      rows6(x, x0, places, place, runs, runFrom, runTo, w, w0, c, c0, targets, target, accumulate);
    }
  }

  private static void rows8(
      float[] x,
      int x0,
      int[] places,
      int place,
      int[] runs,
      int runFrom,
      int runTo,
      float[] w,
      int w0,
      float[] c,
      int c0,
      int[] targets,
      int target,
      boolean accumulate) {
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    int a6 = x0 + places[place + 6];
    int a7 = x0 + places[place + 7];
    float[] from = accumulate ? c : TileShape.ZEROS;
    int f0 = accumulate ? c0 + targets[target] : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f0 + LANES);
    int f1 = accumulate ? c0 + targets[target + 1] : 0;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    int f2 = accumulate ? c0 + targets[target + 2] : 0;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    int f3 = accumulate ? c0 + targets[target + 3] : 0;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    int f4 = accumulate ? c0 + targets[target + 4] : 0;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    int f5 = accumulate ? c0 + targets[target + 5] : 0;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
    int f6 = accumulate ? c0 + targets[target + 6] : 0;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f6);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f6 + LANES);
    int f7 = accumulate ? c0 + targets[target + 7] : 0;
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f7);
    FloatVector t7 = FloatVector.fromArray(SPECIES, from, f7 + LANES);
    int b = w0;
    for (int run = runFrom; run < runTo; run++) {
      int at = runs[2 * run];
      int length = runs[2 * run + 1];
      int e0 = a0 + at;
      int e1 = a1 + at;
      int e2 = a2 + at;
      int e3 = a3 + at;
      int e4 = a4 + at;
      int e5 = a5 + at;
      int e6 = a6 + at;
      int e7 = a7 + at;
      for (int p = 0; p < length; p++) {
        int panel = b + p * WIDTH;
        FloatVector u = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector v = FloatVector.fromArray(SPECIES, w, panel + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1 + p]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2 + p]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3 + p]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4 + p]);
        s4 = g4.fma(u, s4);
        t4 = g4.fma(v, t4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5 + p]);
        s5 = g5.fma(u, s5);
        t5 = g5.fma(v, t5);
        FloatVector g6 = FloatVector.broadcast(SPECIES, x[e6 + p]);
        s6 = g6.fma(u, s6);
        t6 = g6.fma(v, t6);
        FloatVector g7 = FloatVector.broadcast(SPECIES, x[e7 + p]);
        s7 = g7.fma(u, s7);
        t7 = g7.fma(v, t7);
      }
      b += length * WIDTH;
    }
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
    int d6 = c0 + targets[target + 6];
    s6.intoArray(c, d6);
    t6.intoArray(c, d6 + LANES);
    int d7 = c0 + targets[target + 7];
    s7.intoArray(c, d7);
    t7.intoArray(c, d7 + LANES);
  }

  private static void rows6(
      float[] x,
      int x0,
      int[] places,
      int place,
      int[] runs,
      int runFrom,
      int runTo,
      float[] w,
      int w0,
      float[] c,
      int c0,
      int[] targets,
      int target,
      boolean accumulate) {
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    float[] from = accumulate ? c : TileShape.ZEROS;
    int f0 = accumulate ? c0 + targets[target] : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f0 + LANES);
    int f1 = accumulate ? c0 + targets[target + 1] : 0;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    int f2 = accumulate ? c0 + targets[target + 2] : 0;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    int f3 = accumulate ? c0 + targets[target + 3] : 0;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    int f4 = accumulate ? c0 + targets[target + 4] : 0;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    int f5 = accumulate ? c0 + targets[target + 5] : 0;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
    int b = w0;
    for (int run = runFrom; run < runTo; run++) {
      int at = runs[2 * run];
      int length = runs[2 * run + 1];
      int e0 = a0 + at;
      int e1 = a1 + at;
      int e2 = a2 + at;
      int e3 = a3 + at;
      int e4 = a4 + at;
      int e5 = a5 + at;
      for (int p = 0; p < length; p++) {
        int panel = b + p * WIDTH;
        FloatVector u = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector v = FloatVector.fromArray(SPECIES, w, panel + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1 + p]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2 + p]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3 + p]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4 + p]);
        s4 = g4.fma(u, s4);
        t4 = g4.fma(v, t4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5 + p]);
        s5 = g5.fma(u, s5);
        t5 = g5.fma(v, t5);
      }
      b += length * WIDTH;
    }
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
  }

  private static void rows1(
      float[] x,
      int x0,
      int[] places,
      int place,
      int[] runs,
      int runFrom,
      int runTo,
      float[] w,
      int w0,
      float[] c,
      int c0,
      int[] targets,
      int target,
      boolean accumulate) {
    int a0 = x0 + places[place];
    float[] from = accumulate ? c : TileShape.ZEROS;
    int f0 = accumulate ? c0 + targets[target] : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f0 + LANES);
    int b = w0;
    for (int run = runFrom; run < runTo; run++) {
      int at = runs[2 * run];
      int length = runs[2 * run + 1];
      int e0 = a0 + at;
      for (int p = 0; p < length; p++) {
        int panel = b + p * WIDTH;
        FloatVector u = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector v = FloatVector.fromArray(SPECIES, w, panel + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
      }
      b += length * WIDTH;
    }
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
  }
}
