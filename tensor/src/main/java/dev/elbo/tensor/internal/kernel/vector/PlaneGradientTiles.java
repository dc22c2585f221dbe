package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.PLACES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.STEPS;

import jdk.incubator.vector.FloatVector;

/**
 * Gradients of the filters of planes: {@code w[k, j] += sum over rows and places of x[taps[k] +
 * place] y[place, j]}. The sums of some filters stay in registers while the places go by.
 */
final class PlaneGradientTiles {
  /** Filters of a tile of gradients of two vectors, or one more: what fits the registers. */
  static final int LEAST = TileShape.MANY_REGISTERS ? 8 : 4;

  private PlaneGradientTiles() {}

  /** {@link #LEAST} filters or one more, by two vectors of columns. */
  static void twice(PlaneTile tile, boolean longer) {
    if (!TileShape.MANY_REGISTERS) {
      if (longer) {
        fiveTwice(tile);
      } else {
        fourTwice(tile);
      }
    } else if (longer) {
      nineTwice(tile);
    } else {
      eightTwice(tile);
    }
  }

  /** One row and one vector of columns, the filters from {@code k} on. */
  static void rest(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width) {
    int next = k;
    for (; next + 9 <= taps.length; next += 9) {
      nine(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
    for (; next + 3 <= taps.length; next += 3) {
      three(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
    for (; next < taps.length; next++) {
      one(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
  }

  private static void nineTwice(PlaneTile arguments) {
    float[] before = arguments.w;
    int from = arguments.w0;
    int width = arguments.width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, before, from);
    FloatVector t0 = FloatVector.fromArray(SPECIES, before, from + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, before, from + width);
    FloatVector t1 = FloatVector.fromArray(SPECIES, before, from + width + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, before, from + 2 * width);
    FloatVector t2 = FloatVector.fromArray(SPECIES, before, from + 2 * width + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, before, from + 3 * width);
    FloatVector t3 = FloatVector.fromArray(SPECIES, before, from + 3 * width + LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, before, from + 4 * width);
    FloatVector t4 = FloatVector.fromArray(SPECIES, before, from + 4 * width + LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, before, from + 5 * width);
    FloatVector t5 = FloatVector.fromArray(SPECIES, before, from + 5 * width + LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, before, from + 6 * width);
    FloatVector t6 = FloatVector.fromArray(SPECIES, before, from + 6 * width + LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, before, from + 7 * width);
    FloatVector t7 = FloatVector.fromArray(SPECIES, before, from + 7 * width + LANES);
    FloatVector s8 = FloatVector.fromArray(SPECIES, before, from + 8 * width);
    FloatVector t8 = FloatVector.fromArray(SPECIES, before, from + 8 * width + LANES);
    int rows = arguments.rows;
    for (int i = 0; i < rows; i++) {
      int[] taps = arguments.taps;
      int k = arguments.k;
      int at = arguments.x0 + i * arguments.xStep;
      int x0 = at + taps[k];
      int x1 = at + taps[k + 1];
      int x2 = at + taps[k + 2];
      int x3 = at + taps[k + 3];
      int x4 = at + taps[k + 4];
      int x5 = at + taps[k + 5];
      int x6 = at + taps[k + 6];
      int x7 = at + taps[k + 7];
      int x8 = at + taps[k + 8];
      float[] x = arguments.x;
      float[] y = arguments.y;
      int count = arguments.count;
      int step = arguments.width;
      int row = arguments.y0 + i * count * step;
      for (int q = 0; q < count; q++) {
        FloatVector u = FloatVector.fromArray(SPECIES, y, row);
        FloatVector v = FloatVector.fromArray(SPECIES, y, row + LANES);
        row += step;
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[x0 + q]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[x1 + q]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[x2 + q]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[x3 + q]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[x4 + q]);
        s4 = g4.fma(u, s4);
        t4 = g4.fma(v, t4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[x5 + q]);
        s5 = g5.fma(u, s5);
        t5 = g5.fma(v, t5);
        FloatVector g6 = FloatVector.broadcast(SPECIES, x[x6 + q]);
        s6 = g6.fma(u, s6);
        t6 = g6.fma(v, t6);
        FloatVector g7 = FloatVector.broadcast(SPECIES, x[x7 + q]);
        s7 = g7.fma(u, s7);
        t7 = g7.fma(v, t7);
        FloatVector g8 = FloatVector.broadcast(SPECIES, x[x8 + q]);
        s8 = g8.fma(u, s8);
        t8 = g8.fma(v, t8);
      }
    }
    float[] w = arguments.w;
    int to = arguments.w0;
    int wStep = arguments.width;
    s0.intoArray(w, to);
    t0.intoArray(w, to + LANES);
    to += wStep;
    s1.intoArray(w, to);
    t1.intoArray(w, to + LANES);
    to += wStep;
    s2.intoArray(w, to);
    t2.intoArray(w, to + LANES);
    to += wStep;
    s3.intoArray(w, to);
    t3.intoArray(w, to + LANES);
    to += wStep;
    s4.intoArray(w, to);
    t4.intoArray(w, to + LANES);
    to += wStep;
    s5.intoArray(w, to);
    t5.intoArray(w, to + LANES);
    to += wStep;
    s6.intoArray(w, to);
    t6.intoArray(w, to + LANES);
    to += wStep;
    s7.intoArray(w, to);
    t7.intoArray(w, to + LANES);
    to += wStep;
    s8.intoArray(w, to);
    t8.intoArray(w, to + LANES);
  }

  private static void eightTwice(PlaneTile arguments) {
    float[] before = arguments.w;
    int from = arguments.w0;
    int width = arguments.width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, before, from);
    FloatVector t0 = FloatVector.fromArray(SPECIES, before, from + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, before, from + width);
    FloatVector t1 = FloatVector.fromArray(SPECIES, before, from + width + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, before, from + 2 * width);
    FloatVector t2 = FloatVector.fromArray(SPECIES, before, from + 2 * width + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, before, from + 3 * width);
    FloatVector t3 = FloatVector.fromArray(SPECIES, before, from + 3 * width + LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, before, from + 4 * width);
    FloatVector t4 = FloatVector.fromArray(SPECIES, before, from + 4 * width + LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, before, from + 5 * width);
    FloatVector t5 = FloatVector.fromArray(SPECIES, before, from + 5 * width + LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, before, from + 6 * width);
    FloatVector t6 = FloatVector.fromArray(SPECIES, before, from + 6 * width + LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, before, from + 7 * width);
    FloatVector t7 = FloatVector.fromArray(SPECIES, before, from + 7 * width + LANES);
    int rows = arguments.rows;
    for (int i = 0; i < rows; i++) {
      int[] taps = arguments.taps;
      int k = arguments.k;
      int at = arguments.x0 + i * arguments.xStep;
      int x0 = at + taps[k];
      int x1 = at + taps[k + 1];
      int x2 = at + taps[k + 2];
      int x3 = at + taps[k + 3];
      int x4 = at + taps[k + 4];
      int x5 = at + taps[k + 5];
      int x6 = at + taps[k + 6];
      int x7 = at + taps[k + 7];
      float[] x = arguments.x;
      float[] y = arguments.y;
      int count = arguments.count;
      int step = arguments.width;
      int row = arguments.y0 + i * count * step;
      for (int q = 0; q < count; q++) {
        FloatVector u = FloatVector.fromArray(SPECIES, y, row);
        FloatVector v = FloatVector.fromArray(SPECIES, y, row + LANES);
        row += step;
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[x0 + q]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[x1 + q]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[x2 + q]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[x3 + q]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[x4 + q]);
        s4 = g4.fma(u, s4);
        t4 = g4.fma(v, t4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[x5 + q]);
        s5 = g5.fma(u, s5);
        t5 = g5.fma(v, t5);
        FloatVector g6 = FloatVector.broadcast(SPECIES, x[x6 + q]);
        s6 = g6.fma(u, s6);
        t6 = g6.fma(v, t6);
        FloatVector g7 = FloatVector.broadcast(SPECIES, x[x7 + q]);
        s7 = g7.fma(u, s7);
        t7 = g7.fma(v, t7);
      }
    }
    float[] w = arguments.w;
    int to = arguments.w0;
    int wStep = arguments.width;
    s0.intoArray(w, to);
    t0.intoArray(w, to + LANES);
    to += wStep;
    s1.intoArray(w, to);
    t1.intoArray(w, to + LANES);
    to += wStep;
    s2.intoArray(w, to);
    t2.intoArray(w, to + LANES);
    to += wStep;
    s3.intoArray(w, to);
    t3.intoArray(w, to + LANES);
    to += wStep;
    s4.intoArray(w, to);
    t4.intoArray(w, to + LANES);
    to += wStep;
    s5.intoArray(w, to);
    t5.intoArray(w, to + LANES);
    to += wStep;
    s6.intoArray(w, to);
    t6.intoArray(w, to + LANES);
    to += wStep;
    s7.intoArray(w, to);
    t7.intoArray(w, to + LANES);
  }

  /** Ten sums and four numbers carried make fourteen ({@link TileShape#CARRIES}). */
  private static void fiveTwice(PlaneTile arguments) {
    float[] before = arguments.w;
    int from = arguments.w0;
    int width = arguments.width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, before, from);
    FloatVector t0 = FloatVector.fromArray(SPECIES, before, from + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, before, from + width);
    FloatVector t1 = FloatVector.fromArray(SPECIES, before, from + width + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, before, from + 2 * width);
    FloatVector t2 = FloatVector.fromArray(SPECIES, before, from + 2 * width + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, before, from + 3 * width);
    FloatVector t3 = FloatVector.fromArray(SPECIES, before, from + 3 * width + LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, before, from + 4 * width);
    FloatVector t4 = FloatVector.fromArray(SPECIES, before, from + 4 * width + LANES);
    float idle0 = arguments.idle0;
    float idle1 = arguments.idle1;
    float idle2 = arguments.idle2;
    float idle3 = arguments.idle3;
    int rows = arguments.rows;
    for (int i = 0; i < rows; i++) {
      int[] taps = arguments.taps;
      int k = arguments.k;
      int at = arguments.x0 + i * arguments.xStep;
      int x0 = (at + taps[k]) & PLACES;
      int x1 = (at + taps[k + 1]) & PLACES;
      int x2 = (at + taps[k + 2]) & PLACES;
      int x3 = (at + taps[k + 3]) & PLACES;
      int x4 = (at + taps[k + 4]) & PLACES;
      float[] x = arguments.x;
      float[] y = arguments.y;
      int count = arguments.count & STEPS;
      int step = arguments.width;
      int row = arguments.y0 + i * count * step;
      for (int q = 0; q < count; q++) {
        FloatVector u = FloatVector.fromArray(SPECIES, y, row);
        FloatVector v = FloatVector.fromArray(SPECIES, y, row + LANES);
        row += step;
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[x0 + q]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[x1 + q]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[x2 + q]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[x3 + q]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[x4 + q]);
        s4 = g4.fma(u, s4);
        t4 = g4.fma(v, t4);
      }
    }
    arguments.carried0 = idle0;
    arguments.carried1 = idle1;
    arguments.carried2 = idle2;
    arguments.carried3 = idle3;
    float[] w = arguments.w;
    int to = arguments.w0;
    int wStep = arguments.width;
    s0.intoArray(w, to);
    t0.intoArray(w, to + LANES);
    to += wStep;
    s1.intoArray(w, to);
    t1.intoArray(w, to + LANES);
    to += wStep;
    s2.intoArray(w, to);
    t2.intoArray(w, to + LANES);
    to += wStep;
    s3.intoArray(w, to);
    t3.intoArray(w, to + LANES);
    to += wStep;
    s4.intoArray(w, to);
    t4.intoArray(w, to + LANES);
  }

  /** Eight sums and six numbers carried. */
  private static void fourTwice(PlaneTile arguments) {
    float[] before = arguments.w;
    int from = arguments.w0;
    int width = arguments.width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, before, from);
    FloatVector t0 = FloatVector.fromArray(SPECIES, before, from + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, before, from + width);
    FloatVector t1 = FloatVector.fromArray(SPECIES, before, from + width + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, before, from + 2 * width);
    FloatVector t2 = FloatVector.fromArray(SPECIES, before, from + 2 * width + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, before, from + 3 * width);
    FloatVector t3 = FloatVector.fromArray(SPECIES, before, from + 3 * width + LANES);
    float idle0 = arguments.idle0;
    float idle1 = arguments.idle1;
    float idle2 = arguments.idle2;
    float idle3 = arguments.idle3;
    float idle4 = arguments.idle4;
    float idle5 = arguments.idle5;
    int rows = arguments.rows;
    for (int i = 0; i < rows; i++) {
      int[] taps = arguments.taps;
      int k = arguments.k;
      int at = arguments.x0 + i * arguments.xStep;
      int x0 = (at + taps[k]) & PLACES;
      int x1 = (at + taps[k + 1]) & PLACES;
      int x2 = (at + taps[k + 2]) & PLACES;
      int x3 = (at + taps[k + 3]) & PLACES;
      float[] x = arguments.x;
      float[] y = arguments.y;
      int count = arguments.count & STEPS;
      int step = arguments.width;
      int row = arguments.y0 + i * count * step;
      for (int q = 0; q < count; q++) {
        FloatVector u = FloatVector.fromArray(SPECIES, y, row);
        FloatVector v = FloatVector.fromArray(SPECIES, y, row + LANES);
        row += step;
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[x0 + q]);
        s0 = g0.fma(u, s0);
        t0 = g0.fma(v, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[x1 + q]);
        s1 = g1.fma(u, s1);
        t1 = g1.fma(v, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[x2 + q]);
        s2 = g2.fma(u, s2);
        t2 = g2.fma(v, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[x3 + q]);
        s3 = g3.fma(u, s3);
        t3 = g3.fma(v, t3);
      }
    }
    arguments.carried0 = idle0;
    arguments.carried1 = idle1;
    arguments.carried2 = idle2;
    arguments.carried3 = idle3;
    arguments.carried4 = idle4;
    arguments.carried5 = idle5;
    float[] w = arguments.w;
    int to = arguments.w0;
    int wStep = arguments.width;
    s0.intoArray(w, to);
    t0.intoArray(w, to + LANES);
    to += wStep;
    s1.intoArray(w, to);
    t1.intoArray(w, to + LANES);
    to += wStep;
    s2.intoArray(w, to);
    t2.intoArray(w, to + LANES);
    to += wStep;
    s3.intoArray(w, to);
    t3.intoArray(w, to + LANES);
  }

  private static void nine(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[k];
    int x1 = xIndex + taps[k + 1];
    int x2 = xIndex + taps[k + 2];
    int x3 = xIndex + taps[k + 3];
    int x4 = xIndex + taps[k + 4];
    int x5 = xIndex + taps[k + 5];
    int x6 = xIndex + taps[k + 6];
    int x7 = xIndex + taps[k + 7];
    int x8 = xIndex + taps[k + 8];
    int at = wIndex + k * width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, w, at);
    FloatVector s1 = FloatVector.fromArray(SPECIES, w, at + width);
    FloatVector s2 = FloatVector.fromArray(SPECIES, w, at + 2 * width);
    FloatVector s3 = FloatVector.fromArray(SPECIES, w, at + 3 * width);
    FloatVector s4 = FloatVector.fromArray(SPECIES, w, at + 4 * width);
    FloatVector s5 = FloatVector.fromArray(SPECIES, w, at + 5 * width);
    FloatVector s6 = FloatVector.fromArray(SPECIES, w, at + 6 * width);
    FloatVector s7 = FloatVector.fromArray(SPECIES, w, at + 7 * width);
    FloatVector s8 = FloatVector.fromArray(SPECIES, w, at + 8 * width);
    for (int q = 0; q < count; q++) {
      FloatVector u = FloatVector.fromArray(SPECIES, y, yIndex + q * width);
      s0 = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, x[x1 + q]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, x[x2 + q]).fma(u, s2);
      s3 = FloatVector.broadcast(SPECIES, x[x3 + q]).fma(u, s3);
      s4 = FloatVector.broadcast(SPECIES, x[x4 + q]).fma(u, s4);
      s5 = FloatVector.broadcast(SPECIES, x[x5 + q]).fma(u, s5);
      s6 = FloatVector.broadcast(SPECIES, x[x6 + q]).fma(u, s6);
      s7 = FloatVector.broadcast(SPECIES, x[x7 + q]).fma(u, s7);
      s8 = FloatVector.broadcast(SPECIES, x[x8 + q]).fma(u, s8);
    }
    s0.intoArray(w, at);
    s1.intoArray(w, at + width);
    s2.intoArray(w, at + 2 * width);
    s3.intoArray(w, at + 3 * width);
    s4.intoArray(w, at + 4 * width);
    s5.intoArray(w, at + 5 * width);
    s6.intoArray(w, at + 6 * width);
    s7.intoArray(w, at + 7 * width);
    s8.intoArray(w, at + 8 * width);
  }

  private static void three(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[k];
    int x1 = xIndex + taps[k + 1];
    int x2 = xIndex + taps[k + 2];
    int at = wIndex + k * width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, w, at);
    FloatVector s1 = FloatVector.fromArray(SPECIES, w, at + width);
    FloatVector s2 = FloatVector.fromArray(SPECIES, w, at + 2 * width);
    for (int q = 0; q < count; q++) {
      FloatVector u = FloatVector.fromArray(SPECIES, y, yIndex + q * width);
      s0 = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(u, s0);
      s1 = FloatVector.broadcast(SPECIES, x[x1 + q]).fma(u, s1);
      s2 = FloatVector.broadcast(SPECIES, x[x2 + q]).fma(u, s2);
    }
    s0.intoArray(w, at);
    s1.intoArray(w, at + width);
    s2.intoArray(w, at + 2 * width);
  }

  private static void one(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[k];
    int at = wIndex + k * width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, w, at);
    for (int q = 0; q < count; q++) {
      FloatVector u = FloatVector.fromArray(SPECIES, y, yIndex + q * width);
      s0 = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(u, s0);
    }
    s0.intoArray(w, at);
  }
}
