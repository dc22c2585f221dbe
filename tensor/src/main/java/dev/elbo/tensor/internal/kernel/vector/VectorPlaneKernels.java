package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.PlaneKernels;
import dev.elbo.tensor.internal.kernel.ScalarPlaneKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Planes on the Vector API. Where registers hold nine filters of two vectors, these stay there
 * while the places go by; the places do not wait for each other, so the processor works on several
 * at once. With 16 registers, the sums of four places stay there while the filters go by. Gradients
 * are {@link PlaneGradientTiles}.
 */
final class VectorPlaneKernels implements PlaneKernels {
  /** Whether registers hold nine filters of two vectors. */
  private static final boolean TWICE = TileShape.MANY_REGISTERS;

  /** Lanes 0, 2, 4 and so on, twice. */
  private static final VectorShuffle<Float> EVENS =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES);

  private static final VectorMask<Float> UPPER = SPECIES.indexInRange(0, LANES / 2).not();

  private final ScalarPlaneKernels scalar = new ScalarPlaneKernels();

  @Override
  public void layOut(
      float[] x,
      int xIndex,
      int xRow,
      int xStep,
      int rows,
      int left,
      int count,
      int right,
      float[] out,
      int outIndex) {
    if (xStep > 2 || left > LANES || right > LANES) {
      scalar.layOut(x, xIndex, xRow, xStep, rows, left, count, right, out, outIndex);
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    int at = outIndex;
    for (int i = 0; i < rows; i++) {
      if (left > 0) {
        zero.intoArray(out, at);
        at += left;
      }
      // What lies behind a row comes after it.
      if (xStep == 1) {
        copy(x, xIndex + i * xRow, count, out, at);
      } else {
        copyEvens(x, xIndex + i * xRow, count, out, at);
      }
      at += count;
      if (right > 0) {
        zero.intoArray(out, at);
        at += right;
      }
    }
  }

  private void copy(float[] x, int from, int count, float[] out, int to) {
    int q = 0;
    for (; q < count && from + q + LANES <= x.length; q += LANES) {
      FloatVector.fromArray(SPECIES, x, from + q).intoArray(out, to + q);
    }
    if (q < count) {
      scalar.copy(x, from + q, 1, count - q, out, to + q);
    }
  }

  private void copyEvens(float[] x, int from, int count, float[] out, int to) {
    int q = 0;
    for (; q < count && from + 2 * (q + LANES) <= x.length; q += LANES) {
      FloatVector low = FloatVector.fromArray(SPECIES, x, from + 2 * q).rearrange(EVENS);
      FloatVector high = FloatVector.fromArray(SPECIES, x, from + 2 * q + LANES).rearrange(EVENS);
      low.blend(high, UPPER).intoArray(out, to + q);
    }
    if (q < count) {
      scalar.copy(x, from + 2 * q, 2, count - q, out, to + q);
    }
  }

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
    if (TWICE) {
      PlaneTile tile = tile(x, xIndex, xStep, taps, w, out, rows, count, width);
      for (; j + 2 * LANES <= width; j += 2 * LANES) {
        tile.w0 = wIndex + j;
        tile.y0 = outIndex + j;
        nineTwice(tile);
      }
      tile.clear();
    } else if (count >= 4) {
      PlaneTile tile = tile(x, xIndex, xStep, taps, w, out, rows, count, width);
      for (; j + 2 * LANES <= width; j += 2 * LANES) {
        tile.y0 = outIndex + j;
        nineByFours(tile, wIndex + j);
      }
      tile.clear();
    }
    for (; j + LANES <= width; j += LANES) {
      for (int i = 0; i < rows; i++) {
        int to = outIndex + i * count * width + j;
        nine(x, xIndex + i * xStep, taps, w, wIndex + j, out, to, count, width);
      }
    }
    if (j < width) {
      for (int i = 0; i < rows; i++) {
        int to = outIndex + i * count * width;
        scalar.multiply(x, xIndex + i * xStep, taps, w, wIndex, out, to, count, width, j);
      }
    }
  }

  private static PlaneTile tile(
      float[] x,
      int x0,
      int xStep,
      int[] taps,
      float[] w,
      float[] y,
      int rows,
      int count,
      int width) {
    PlaneTile tile = PlaneTile.OF_THREAD.get();
    tile.x = x;
    tile.x0 = x0;
    tile.xStep = xStep;
    tile.taps = taps;
    tile.w = w;
    tile.y = y;
    tile.rows = rows;
    tile.count = count;
    tile.width = width;
    return tile;
  }

  private static void nineTwice(PlaneTile arguments) {
    float[] w = arguments.w;
    int from = arguments.w0;
    int width = arguments.width;
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
    int rows = arguments.rows;
    for (int i = 0; i < rows; i++) {
      int[] taps = arguments.taps;
      int at = arguments.x0 + i * arguments.xStep;
      int x0 = at + taps[0];
      int x1 = at + taps[1];
      int x2 = at + taps[2];
      int x3 = at + taps[3];
      int x4 = at + taps[4];
      int x5 = at + taps[5];
      int x6 = at + taps[6];
      int x7 = at + taps[7];
      int x8 = at + taps[8];
      float[] x = arguments.x;
      float[] out = arguments.y;
      int count = arguments.count;
      int step = arguments.width;
      int to = arguments.y0 + i * count * step;
      for (int q = 0; q < count; q++) {
        FloatVector s = FloatVector.zero(SPECIES);
        FloatVector t = FloatVector.zero(SPECIES);
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
        s.intoArray(out, to);
        t.intoArray(out, to + LANES);
        to += step;
      }
    }
  }

  /** Four places at a time, the last four of a row again from its end. */
  private static void nineByFours(PlaneTile tile, int wIndex) {
    float[] filters = tile.filters;
    for (int tap = 0; tap < 9; tap++) {
      int from = wIndex + tap * tile.width;
      int to = tap * (2 * LANES);
      FloatVector.fromArray(SPECIES, tile.w, from).intoArray(filters, to);
      FloatVector.fromArray(SPECIES, tile.w, from + LANES).intoArray(filters, to + LANES);
    }
    for (int i = 0; i < tile.rows; i++) {
      int row = tile.x0 + i * tile.xStep;
      for (int q = 0; q < tile.count; q += 4) {
        int place = Math.min(q, tile.count - 4);
        nineOfFourPlaces(tile, row + place, tile.y0 + (i * tile.count + place) * tile.width);
      }
    }
  }

  /** All nine written out, because a loop over them takes a fifth longer. */
  private static void nineOfFourPlaces(PlaneTile arguments, int at, int to) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = FloatVector.zero(SPECIES);
    float[] x = arguments.x;
    float[] filters = arguments.filters;
    int[] taps = arguments.taps;
    FloatVector u0 = FloatVector.fromArray(SPECIES, filters, 0 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, filters, 1 * LANES);
    int at0 = at + taps[0];
    FloatVector g00 = FloatVector.broadcast(SPECIES, x[at0]);
    s0 = g00.fma(u0, s0);
    t0 = g00.fma(v0, t0);
    FloatVector g01 = FloatVector.broadcast(SPECIES, x[at0 + 1]);
    s1 = g01.fma(u0, s1);
    t1 = g01.fma(v0, t1);
    FloatVector g02 = FloatVector.broadcast(SPECIES, x[at0 + 2]);
    s2 = g02.fma(u0, s2);
    t2 = g02.fma(v0, t2);
    FloatVector g03 = FloatVector.broadcast(SPECIES, x[at0 + 3]);
    s3 = g03.fma(u0, s3);
    t3 = g03.fma(v0, t3);
    FloatVector u1 = FloatVector.fromArray(SPECIES, filters, 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, filters, 3 * LANES);
    int at1 = at + taps[1];
    FloatVector g10 = FloatVector.broadcast(SPECIES, x[at1]);
    s0 = g10.fma(u1, s0);
    t0 = g10.fma(v1, t0);
    FloatVector g11 = FloatVector.broadcast(SPECIES, x[at1 + 1]);
    s1 = g11.fma(u1, s1);
    t1 = g11.fma(v1, t1);
    FloatVector g12 = FloatVector.broadcast(SPECIES, x[at1 + 2]);
    s2 = g12.fma(u1, s2);
    t2 = g12.fma(v1, t2);
    FloatVector g13 = FloatVector.broadcast(SPECIES, x[at1 + 3]);
    s3 = g13.fma(u1, s3);
    t3 = g13.fma(v1, t3);
    FloatVector u2 = FloatVector.fromArray(SPECIES, filters, 4 * LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, filters, 5 * LANES);
    int at2 = at + taps[2];
    FloatVector g20 = FloatVector.broadcast(SPECIES, x[at2]);
    s0 = g20.fma(u2, s0);
    t0 = g20.fma(v2, t0);
    FloatVector g21 = FloatVector.broadcast(SPECIES, x[at2 + 1]);
    s1 = g21.fma(u2, s1);
    t1 = g21.fma(v2, t1);
    FloatVector g22 = FloatVector.broadcast(SPECIES, x[at2 + 2]);
    s2 = g22.fma(u2, s2);
    t2 = g22.fma(v2, t2);
    FloatVector g23 = FloatVector.broadcast(SPECIES, x[at2 + 3]);
    s3 = g23.fma(u2, s3);
    t3 = g23.fma(v2, t3);
    FloatVector u3 = FloatVector.fromArray(SPECIES, filters, 6 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, filters, 7 * LANES);
    int at3 = at + taps[3];
    FloatVector g30 = FloatVector.broadcast(SPECIES, x[at3]);
    s0 = g30.fma(u3, s0);
    t0 = g30.fma(v3, t0);
    FloatVector g31 = FloatVector.broadcast(SPECIES, x[at3 + 1]);
    s1 = g31.fma(u3, s1);
    t1 = g31.fma(v3, t1);
    FloatVector g32 = FloatVector.broadcast(SPECIES, x[at3 + 2]);
    s2 = g32.fma(u3, s2);
    t2 = g32.fma(v3, t2);
    FloatVector g33 = FloatVector.broadcast(SPECIES, x[at3 + 3]);
    s3 = g33.fma(u3, s3);
    t3 = g33.fma(v3, t3);
    FloatVector u4 = FloatVector.fromArray(SPECIES, filters, 8 * LANES);
    FloatVector v4 = FloatVector.fromArray(SPECIES, filters, 9 * LANES);
    int at4 = at + taps[4];
    FloatVector g40 = FloatVector.broadcast(SPECIES, x[at4]);
    s0 = g40.fma(u4, s0);
    t0 = g40.fma(v4, t0);
    FloatVector g41 = FloatVector.broadcast(SPECIES, x[at4 + 1]);
    s1 = g41.fma(u4, s1);
    t1 = g41.fma(v4, t1);
    FloatVector g42 = FloatVector.broadcast(SPECIES, x[at4 + 2]);
    s2 = g42.fma(u4, s2);
    t2 = g42.fma(v4, t2);
    FloatVector g43 = FloatVector.broadcast(SPECIES, x[at4 + 3]);
    s3 = g43.fma(u4, s3);
    t3 = g43.fma(v4, t3);
    FloatVector u5 = FloatVector.fromArray(SPECIES, filters, 10 * LANES);
    FloatVector v5 = FloatVector.fromArray(SPECIES, filters, 11 * LANES);
    int at5 = at + taps[5];
    FloatVector g50 = FloatVector.broadcast(SPECIES, x[at5]);
    s0 = g50.fma(u5, s0);
    t0 = g50.fma(v5, t0);
    FloatVector g51 = FloatVector.broadcast(SPECIES, x[at5 + 1]);
    s1 = g51.fma(u5, s1);
    t1 = g51.fma(v5, t1);
    FloatVector g52 = FloatVector.broadcast(SPECIES, x[at5 + 2]);
    s2 = g52.fma(u5, s2);
    t2 = g52.fma(v5, t2);
    FloatVector g53 = FloatVector.broadcast(SPECIES, x[at5 + 3]);
    s3 = g53.fma(u5, s3);
    t3 = g53.fma(v5, t3);
    FloatVector u6 = FloatVector.fromArray(SPECIES, filters, 12 * LANES);
    FloatVector v6 = FloatVector.fromArray(SPECIES, filters, 13 * LANES);
    int at6 = at + taps[6];
    FloatVector g60 = FloatVector.broadcast(SPECIES, x[at6]);
    s0 = g60.fma(u6, s0);
    t0 = g60.fma(v6, t0);
    FloatVector g61 = FloatVector.broadcast(SPECIES, x[at6 + 1]);
    s1 = g61.fma(u6, s1);
    t1 = g61.fma(v6, t1);
    FloatVector g62 = FloatVector.broadcast(SPECIES, x[at6 + 2]);
    s2 = g62.fma(u6, s2);
    t2 = g62.fma(v6, t2);
    FloatVector g63 = FloatVector.broadcast(SPECIES, x[at6 + 3]);
    s3 = g63.fma(u6, s3);
    t3 = g63.fma(v6, t3);
    FloatVector u7 = FloatVector.fromArray(SPECIES, filters, 14 * LANES);
    FloatVector v7 = FloatVector.fromArray(SPECIES, filters, 15 * LANES);
    int at7 = at + taps[7];
    FloatVector g70 = FloatVector.broadcast(SPECIES, x[at7]);
    s0 = g70.fma(u7, s0);
    t0 = g70.fma(v7, t0);
    FloatVector g71 = FloatVector.broadcast(SPECIES, x[at7 + 1]);
    s1 = g71.fma(u7, s1);
    t1 = g71.fma(v7, t1);
    FloatVector g72 = FloatVector.broadcast(SPECIES, x[at7 + 2]);
    s2 = g72.fma(u7, s2);
    t2 = g72.fma(v7, t2);
    FloatVector g73 = FloatVector.broadcast(SPECIES, x[at7 + 3]);
    s3 = g73.fma(u7, s3);
    t3 = g73.fma(v7, t3);
    FloatVector u8 = FloatVector.fromArray(SPECIES, filters, 16 * LANES);
    FloatVector v8 = FloatVector.fromArray(SPECIES, filters, 17 * LANES);
    int at8 = at + taps[8];
    FloatVector g80 = FloatVector.broadcast(SPECIES, x[at8]);
    s0 = g80.fma(u8, s0);
    t0 = g80.fma(v8, t0);
    FloatVector g81 = FloatVector.broadcast(SPECIES, x[at8 + 1]);
    s1 = g81.fma(u8, s1);
    t1 = g81.fma(v8, t1);
    FloatVector g82 = FloatVector.broadcast(SPECIES, x[at8 + 2]);
    s2 = g82.fma(u8, s2);
    t2 = g82.fma(v8, t2);
    FloatVector g83 = FloatVector.broadcast(SPECIES, x[at8 + 3]);
    s3 = g83.fma(u8, s3);
    t3 = g83.fma(v8, t3);
    float[] y = arguments.y;
    int width = arguments.width;
    s0.intoArray(y, to);
    t0.intoArray(y, to + LANES);
    s1.intoArray(y, to + width);
    t1.intoArray(y, to + width + LANES);
    s2.intoArray(y, to + 2 * width);
    t2.intoArray(y, to + 2 * width + LANES);
    s3.intoArray(y, to + 3 * width);
    t3.intoArray(y, to + 3 * width + LANES);
  }

  private static void nine(
      float[] x,
      int xIndex,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width) {
    int x0 = xIndex + taps[0];
    int x1 = xIndex + taps[1];
    int x2 = xIndex + taps[2];
    int x3 = xIndex + taps[3];
    int x4 = xIndex + taps[4];
    int x5 = xIndex + taps[5];
    int x6 = xIndex + taps[6];
    int x7 = xIndex + taps[7];
    int x8 = xIndex + taps[8];
    int from = wIndex;
    FloatVector w0 = FloatVector.fromArray(SPECIES, w, from);
    FloatVector w1 = FloatVector.fromArray(SPECIES, w, from + width);
    FloatVector w2 = FloatVector.fromArray(SPECIES, w, from + 2 * width);
    FloatVector w3 = FloatVector.fromArray(SPECIES, w, from + 3 * width);
    FloatVector w4 = FloatVector.fromArray(SPECIES, w, from + 4 * width);
    FloatVector w5 = FloatVector.fromArray(SPECIES, w, from + 5 * width);
    FloatVector w6 = FloatVector.fromArray(SPECIES, w, from + 6 * width);
    FloatVector w7 = FloatVector.fromArray(SPECIES, w, from + 7 * width);
    FloatVector w8 = FloatVector.fromArray(SPECIES, w, from + 8 * width);
    for (int q = 0; q < count; q++) {
      FloatVector sum = FloatVector.zero(SPECIES);
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

  @Override
  public void turn(
      float[] x, int xIndex, int count, int width, float[] out, int outIndex, int outStep) {
    float[] scratch = PlaneTile.OF_THREAD.get().square;
    Transpose.alongSource(x, xIndex, width, count, width, out, outIndex, outStep, scratch, 0);
  }

  @Override
  public void sum(float[] x, int xIndex, int[] places, float[] out, int outIndex, int count) {
    int q = 0;
    for (; q + LANES <= count; q += LANES) {
      sum(x, xIndex + q, places).intoArray(out, outIndex + q);
    }
    if (q < count) {
      VectorMask<Float> part = SPECIES.indexInRange(q, count);
      sum(x, xIndex + q, places).intoArray(out, outIndex + q, part);
    }
  }

  private static FloatVector sum(float[] x, int at, int[] places) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int place : places) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at + place));
    }
    return sum;
  }

  @Override
  public void open(float[] x, int xIndex, float[] v, float[] out, int outIndex, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int end = SPECIES.loopBound(count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector seen = FloatVector.fromArray(SPECIES, v, outIndex + i);
      FloatVector step = zero.blend(one, seen.compare(VectorOperators.GT, zero));
      FloatVector stepOrNaN = step.blend(seen, seen.compare(VectorOperators.NE, seen));
      FloatVector.fromArray(SPECIES, x, xIndex + i).mul(stepOrNaN).intoArray(out, outIndex + i);
    }
    scalar.open(x, xIndex + end, v, out, outIndex + end, count - end);
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
    if (TileShape.hasPlaces(x)) {
      PlaneTile tile = tile(x, xIndex, xStep, taps, w, y, rows, count, width);
      for (; j + 2 * LANES <= width; j += 2 * LANES) {
        tile.y0 = yIndex + j;
        int k = 0;
        // So many of one more that the others make up the rest, if that is possible.
        int longer = taps.length % PlaneGradientTiles.LEAST * (PlaneGradientTiles.LEAST + 1);
        if (longer > taps.length) {
          longer = 0;
        }
        for (;
            k + PlaneGradientTiles.LEAST <= taps.length;
            k += k < longer ? PlaneGradientTiles.LEAST + 1 : PlaneGradientTiles.LEAST) {
          tile.k = k;
          tile.w0 = wIndex + k * width + j;
          PlaneGradientTiles.twice(tile, k < longer);
        }
        for (int i = 0; k < taps.length && i < rows; i++) {
          int at = xIndex + i * xStep;
          int from = yIndex + i * count * width + j;
          PlaneGradientTiles.rest(x, at, taps, k, y, from, w, wIndex + j, count, width);
          PlaneGradientTiles.rest(
              x, at, taps, k, y, from + LANES, w, wIndex + j + LANES, count, width);
        }
      }
      tile.clear();
    }
    for (; j + LANES <= width; j += LANES) {
      for (int i = 0; i < rows; i++) {
        int from = yIndex + i * count * width + j;
        PlaneGradientTiles.rest(
            x, xIndex + i * xStep, taps, 0, y, from, w, wIndex + j, count, width);
      }
    }
    if (j < width) {
      for (int i = 0; i < rows; i++) {
        int from = yIndex + i * count * width;
        scalar.addGradient(x, xIndex + i * xStep, taps, y, from, w, wIndex, count, width, j);
      }
    }
  }
}
