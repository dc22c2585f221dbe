package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.PlaneKernels;
import dev.elbo.tensor.internal.kernel.ScalarPlaneKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Planes on the Vector API: two vectors of columns at a time, or one, whose filters stay in
 * registers while the places go by. The places do not wait for each other, so the processor works
 * on several at once.
 */
final class VectorPlaneKernels implements PlaneKernels {
  /** Nine filters of two vectors need more than 16 registers. */
  private static final boolean TWICE = TileShape.ROWS == 8;

  private static final float[] ZEROS = new float[2 * LANES];

  private final ScalarPlaneKernels scalar = new ScalarPlaneKernels();

  @Override
  public void multiply(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int rows,
      int count,
      int width) {
    int j = 0;
    if (TWICE && taps.length >= 9) {
      // With more filters than the registers hold, a row is done while it is in the cache.
      int high = taps.length == 9 ? rows : 1;
      for (; j + 2 * LANES <= width; j += 2 * LANES) {
        for (int i = 0; i < rows; i += high) {
          int from = xIndex + i * xStep;
          int to = outIndex + i * count * width + j;
          int k = 0;
          for (; k + 9 <= taps.length; k += 9) {
            nineTwice(x, from, xStep, taps, k, w, wIndex + j, out, to, high, count, width);
          }
          rest(x, from, taps, k, w, wIndex + j, out, to, count, width);
          rest(x, from, taps, k, w, wIndex + j + LANES, out, to + LANES, count, width);
        }
      }
    }
    for (; j + LANES <= width; j += LANES) {
      for (int i = 0; i < rows; i++) {
        int to = outIndex + i * count * width + j;
        rest(x, xIndex + i * xStep, taps, 0, w, wIndex + j, out, to, count, width);
      }
    }
    if (j < width) {
      for (int i = 0; i < rows; i++) {
        int to = outIndex + i * count * width;
        scalar.multiply(x, xIndex + i * xStep, taps, w, wIndex, out, to, count, width, j);
      }
    }
  }

  /** One row and one vector of columns, by the filters from {@code k} on. */
  private static void rest(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width) {
    int next = k;
    for (; next + 9 <= taps.length; next += 9) {
      nine(x, xIndex, taps, next, w, wIndex, out, outIndex, count, width);
    }
    for (; next + 3 <= taps.length; next += 3) {
      three(x, xIndex, taps, next, w, wIndex, out, outIndex, count, width);
    }
    for (; next < taps.length; next++) {
      one(x, xIndex, taps, next, w, wIndex, out, outIndex, count, width);
    }
  }

  private static void nineTwice(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      int k,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int rows,
      int count,
      int width) {
    int from = wIndex + k * width;
    FloatVector u0 = FloatVector.fromArray(SPECIES, w, from);
    FloatVector v0 = FloatVector.fromArray(SPECIES, w, from + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, w, from + width);
    FloatVector v1 = FloatVector.fromArray(SPECIES, w, from + width + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, w, from + 2 * width);
    FloatVector v2 = FloatVector.fromArray(SPECIES, w, from + 2 * width + LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, w, from + 3 * width);
    FloatVector v3 = FloatVector.fromArray(SPECIES, w, from + 3 * width + LANES);
    FloatVector u4 = FloatVector.fromArray(SPECIES, w, from + 4 * width);
    FloatVector v4 = FloatVector.fromArray(SPECIES, w, from + 4 * width + LANES);
    FloatVector u5 = FloatVector.fromArray(SPECIES, w, from + 5 * width);
    FloatVector v5 = FloatVector.fromArray(SPECIES, w, from + 5 * width + LANES);
    FloatVector u6 = FloatVector.fromArray(SPECIES, w, from + 6 * width);
    FloatVector v6 = FloatVector.fromArray(SPECIES, w, from + 6 * width + LANES);
    FloatVector u7 = FloatVector.fromArray(SPECIES, w, from + 7 * width);
    FloatVector v7 = FloatVector.fromArray(SPECIES, w, from + 7 * width + LANES);
    FloatVector u8 = FloatVector.fromArray(SPECIES, w, from + 8 * width);
    FloatVector v8 = FloatVector.fromArray(SPECIES, w, from + 8 * width + LANES);
    float[] before = k == 0 ? ZEROS : out;
    int bStep = k == 0 ? 0 : width;
    for (int i = 0; i < rows; i++) {
      int at = xIndex + i * xStep;
      int to = outIndex + i * count * width;
      int b = k == 0 ? 0 : to;
      int x0 = at + taps[k];
      int x1 = at + taps[k + 1];
      int x2 = at + taps[k + 2];
      int x3 = at + taps[k + 3];
      int x4 = at + taps[k + 4];
      int x5 = at + taps[k + 5];
      int x6 = at + taps[k + 6];
      int x7 = at + taps[k + 7];
      int x8 = at + taps[k + 8];
      for (int q = 0; q < count; q++) {
        FloatVector s = FloatVector.fromArray(SPECIES, before, b + q * bStep);
        FloatVector t = FloatVector.fromArray(SPECIES, before, b + q * bStep + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[x0 + q]);
        s = g0.fma(u0, s);
        t = g0.fma(v0, t);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[x1 + q]);
        s = g1.fma(u1, s);
        t = g1.fma(v1, t);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[x2 + q]);
        s = g2.fma(u2, s);
        t = g2.fma(v2, t);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[x3 + q]);
        s = g3.fma(u3, s);
        t = g3.fma(v3, t);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[x4 + q]);
        s = g4.fma(u4, s);
        t = g4.fma(v4, t);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[x5 + q]);
        s = g5.fma(u5, s);
        t = g5.fma(v5, t);
        FloatVector g6 = FloatVector.broadcast(SPECIES, x[x6 + q]);
        s = g6.fma(u6, s);
        t = g6.fma(v6, t);
        FloatVector g7 = FloatVector.broadcast(SPECIES, x[x7 + q]);
        s = g7.fma(u7, s);
        t = g7.fma(v7, t);
        FloatVector g8 = FloatVector.broadcast(SPECIES, x[x8 + q]);
        s = g8.fma(u8, s);
        t = g8.fma(v8, t);
        s.intoArray(out, to + q * width);
        t.intoArray(out, to + q * width + LANES);
      }
    }
  }

  private static void nine(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
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
    int from = wIndex + k * width;
    FloatVector w0 = FloatVector.fromArray(SPECIES, w, from);
    FloatVector w1 = FloatVector.fromArray(SPECIES, w, from + width);
    FloatVector w2 = FloatVector.fromArray(SPECIES, w, from + 2 * width);
    FloatVector w3 = FloatVector.fromArray(SPECIES, w, from + 3 * width);
    FloatVector w4 = FloatVector.fromArray(SPECIES, w, from + 4 * width);
    FloatVector w5 = FloatVector.fromArray(SPECIES, w, from + 5 * width);
    FloatVector w6 = FloatVector.fromArray(SPECIES, w, from + 6 * width);
    FloatVector w7 = FloatVector.fromArray(SPECIES, w, from + 7 * width);
    FloatVector w8 = FloatVector.fromArray(SPECIES, w, from + 8 * width);
    float[] before = k == 0 ? TileShape.ZEROS : out;
    int b = k == 0 ? 0 : outIndex;
    int bStep = k == 0 ? 0 : width;
    for (int q = 0; q < count; q++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, before, b + q * bStep);
      sum = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(w0, sum);
      sum = FloatVector.broadcast(SPECIES, x[x1 + q]).fma(w1, sum);
      sum = FloatVector.broadcast(SPECIES, x[x2 + q]).fma(w2, sum);
      sum = FloatVector.broadcast(SPECIES, x[x3 + q]).fma(w3, sum);
      sum = FloatVector.broadcast(SPECIES, x[x4 + q]).fma(w4, sum);
      sum = FloatVector.broadcast(SPECIES, x[x5 + q]).fma(w5, sum);
      sum = FloatVector.broadcast(SPECIES, x[x6 + q]).fma(w6, sum);
      sum = FloatVector.broadcast(SPECIES, x[x7 + q]).fma(w7, sum);
      sum = FloatVector.broadcast(SPECIES, x[x8 + q]).fma(w8, sum);
      sum.intoArray(out, outIndex + q * width);
    }
  }

  private static void three(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[k];
    int x1 = xIndex + taps[k + 1];
    int x2 = xIndex + taps[k + 2];
    int from = wIndex + k * width;
    FloatVector w0 = FloatVector.fromArray(SPECIES, w, from);
    FloatVector w1 = FloatVector.fromArray(SPECIES, w, from + width);
    FloatVector w2 = FloatVector.fromArray(SPECIES, w, from + 2 * width);
    float[] before = k == 0 ? TileShape.ZEROS : out;
    int b = k == 0 ? 0 : outIndex;
    int bStep = k == 0 ? 0 : width;
    for (int q = 0; q < count; q++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, before, b + q * bStep);
      sum = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(w0, sum);
      sum = FloatVector.broadcast(SPECIES, x[x1 + q]).fma(w1, sum);
      sum = FloatVector.broadcast(SPECIES, x[x2 + q]).fma(w2, sum);
      sum.intoArray(out, outIndex + q * width);
    }
  }

  private static void one(
      float[] x,
      int xIndex,
      int[] taps,
      int k,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[k];
    int from = wIndex + k * width;
    FloatVector w0 = FloatVector.fromArray(SPECIES, w, from);
    float[] before = k == 0 ? TileShape.ZEROS : out;
    int b = k == 0 ? 0 : outIndex;
    int bStep = k == 0 ? 0 : width;
    for (int q = 0; q < count; q++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, before, b + q * bStep);
      sum = FloatVector.broadcast(SPECIES, x[x0 + q]).fma(w0, sum);
      sum.intoArray(out, outIndex + q * width);
    }
  }

  @Override
  public void addGradient(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int rows,
      int count,
      int width) {
    int j = 0;
    for (; TWICE && j + 2 * LANES <= width; j += 2 * LANES) {
      int k = 0;
      for (; k + 9 <= taps.length; k += 9) {
        nineGradientsTwice(
            x, xIndex, xStep, taps, k, y, yIndex + j, w, wIndex + j, rows, count, width);
      }
      for (int i = 0; k < taps.length && i < rows; i++) {
        int at = xIndex + i * xStep;
        int from = yIndex + i * count * width + j;
        restGradients(x, at, taps, k, y, from, w, wIndex + j, count, width);
        restGradients(x, at, taps, k, y, from + LANES, w, wIndex + j + LANES, count, width);
      }
    }
    for (; j + LANES <= width; j += LANES) {
      for (int i = 0; i < rows; i++) {
        int from = yIndex + i * count * width + j;
        restGradients(x, xIndex + i * xStep, taps, 0, y, from, w, wIndex + j, count, width);
      }
    }
    if (j < width) {
      for (int i = 0; i < rows; i++) {
        int from = yIndex + i * count * width;
        scalar.addGradient(x, xIndex + i * xStep, taps, y, from, w, wIndex, count, width, j);
      }
    }
  }

  /** One row and one vector of columns, the filters from {@code k} on. */
  private static void restGradients(
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
      nineGradients(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
    for (; next + 3 <= taps.length; next += 3) {
      threeGradients(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
    for (; next < taps.length; next++) {
      oneGradient(x, xIndex, taps, next, y, yIndex, w, wIndex, count, width);
    }
  }

  private static void nineGradientsTwice(
      float[] x,
      int xIndex,
      int xStep,
      int[] taps,
      int k,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int rows,
      int count,
      int width) {
    int to = wIndex + k * width;
    FloatVector s0 = FloatVector.fromArray(SPECIES, w, to);
    FloatVector t0 = FloatVector.fromArray(SPECIES, w, to + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, w, to + width);
    FloatVector t1 = FloatVector.fromArray(SPECIES, w, to + width + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, w, to + 2 * width);
    FloatVector t2 = FloatVector.fromArray(SPECIES, w, to + 2 * width + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, w, to + 3 * width);
    FloatVector t3 = FloatVector.fromArray(SPECIES, w, to + 3 * width + LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, w, to + 4 * width);
    FloatVector t4 = FloatVector.fromArray(SPECIES, w, to + 4 * width + LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, w, to + 5 * width);
    FloatVector t5 = FloatVector.fromArray(SPECIES, w, to + 5 * width + LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, w, to + 6 * width);
    FloatVector t6 = FloatVector.fromArray(SPECIES, w, to + 6 * width + LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, w, to + 7 * width);
    FloatVector t7 = FloatVector.fromArray(SPECIES, w, to + 7 * width + LANES);
    FloatVector s8 = FloatVector.fromArray(SPECIES, w, to + 8 * width);
    FloatVector t8 = FloatVector.fromArray(SPECIES, w, to + 8 * width + LANES);
    for (int i = 0; i < rows; i++) {
      int at = xIndex + i * xStep;
      int from = yIndex + i * count * width;
      int x0 = at + taps[k];
      int x1 = at + taps[k + 1];
      int x2 = at + taps[k + 2];
      int x3 = at + taps[k + 3];
      int x4 = at + taps[k + 4];
      int x5 = at + taps[k + 5];
      int x6 = at + taps[k + 6];
      int x7 = at + taps[k + 7];
      int x8 = at + taps[k + 8];
      for (int q = 0; q < count; q++) {
        FloatVector u = FloatVector.fromArray(SPECIES, y, from + q * width);
        FloatVector v = FloatVector.fromArray(SPECIES, y, from + q * width + LANES);
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
    s0.intoArray(w, to);
    t0.intoArray(w, to + LANES);
    s1.intoArray(w, to + width);
    t1.intoArray(w, to + width + LANES);
    s2.intoArray(w, to + 2 * width);
    t2.intoArray(w, to + 2 * width + LANES);
    s3.intoArray(w, to + 3 * width);
    t3.intoArray(w, to + 3 * width + LANES);
    s4.intoArray(w, to + 4 * width);
    t4.intoArray(w, to + 4 * width + LANES);
    s5.intoArray(w, to + 5 * width);
    t5.intoArray(w, to + 5 * width + LANES);
    s6.intoArray(w, to + 6 * width);
    t6.intoArray(w, to + 6 * width + LANES);
    s7.intoArray(w, to + 7 * width);
    t7.intoArray(w, to + 7 * width + LANES);
    s8.intoArray(w, to + 8 * width);
    t8.intoArray(w, to + 8 * width + LANES);
  }

  private static void nineGradients(
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

  private static void threeGradients(
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

  private static void oneGradient(
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
