package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, WIDTH] += A[rows, k] B[k, WIDTH]} for a right factor packed to rows of {@code
 * WIDTH} and a left factor whose columns are contiguous: packed to tiles, or transposed and read in
 * place.
 *
 * <p>One method a row count; see {@link RowTiles}. Nothing is gained by unrolling: of 5x2 vectors
 * and four steps in one turn, 16 registers kept 65 GFLOP/s, of 6x2 and one step 79.
 */
// The tiles are called alike; the smallest has no use for every step.
@SuppressWarnings("UnusedVariable")
final class PanelTiles {

  private PanelTiles() {}

  /**
   * @param aStep stride between columns of A
   * @param cStep stride between rows of C
   */
  static void multiply(
      int rows,
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    switch (rows) {
      case 1 -> rows1(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 2 -> rows2(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 3 -> rows3(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 4 -> rows4(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 5 -> rows5(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 6 -> rows6(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 7 -> rows7(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      case 8 -> rows8(a, a0, aStep, b, b0, c, c0, cStep, k, accumulate);
      default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
    }
  }

  /** What an accumulator starts from: the output, or zero. */
  private static FloatVector start(float[] c, int index, boolean accumulate) {
    return accumulate ? FloatVector.fromArray(SPECIES, c, index) : FloatVector.zero(SPECIES);
  }

  private static void rows1(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
  }

  private static void rows2(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
      FloatVector u = FloatVector.fromArray(SPECIES, b, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, b, panel + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[q]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[q + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
  }

  private static void rows3(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
  }

  private static void rows4(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    int c3 = c2 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    FloatVector s3 = start(c, c3, accumulate);
    FloatVector t3 = start(c, c3 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
  }

  private static void rows5(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    int c3 = c2 + cStep;
    int c4 = c3 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    FloatVector s3 = start(c, c3, accumulate);
    FloatVector t3 = start(c, c3 + LANES, accumulate);
    FloatVector s4 = start(c, c4, accumulate);
    FloatVector t4 = start(c, c4 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
  }

  private static void rows6(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    int c3 = c2 + cStep;
    int c4 = c3 + cStep;
    int c5 = c4 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    FloatVector s3 = start(c, c3, accumulate);
    FloatVector t3 = start(c, c3 + LANES, accumulate);
    FloatVector s4 = start(c, c4, accumulate);
    FloatVector t4 = start(c, c4 + LANES, accumulate);
    FloatVector s5 = start(c, c5, accumulate);
    FloatVector t5 = start(c, c5 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
  }

  private static void rows7(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    int c3 = c2 + cStep;
    int c4 = c3 + cStep;
    int c5 = c4 + cStep;
    int c6 = c5 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    FloatVector s3 = start(c, c3, accumulate);
    FloatVector t3 = start(c, c3 + LANES, accumulate);
    FloatVector s4 = start(c, c4, accumulate);
    FloatVector t4 = start(c, c4 + LANES, accumulate);
    FloatVector s5 = start(c, c5, accumulate);
    FloatVector t5 = start(c, c5 + LANES, accumulate);
    FloatVector s6 = start(c, c6, accumulate);
    FloatVector t6 = start(c, c6 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + LANES);
  }

  private static void rows8(
      float[] a,
      int aIndex,
      int aStep,
      float[] b,
      int bIndex,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    int c3 = c2 + cStep;
    int c4 = c3 + cStep;
    int c5 = c4 + cStep;
    int c6 = c5 + cStep;
    int c7 = c6 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    FloatVector s3 = start(c, c3, accumulate);
    FloatVector t3 = start(c, c3 + LANES, accumulate);
    FloatVector s4 = start(c, c4, accumulate);
    FloatVector t4 = start(c, c4 + LANES, accumulate);
    FloatVector s5 = start(c, c5, accumulate);
    FloatVector t5 = start(c, c5 + LANES, accumulate);
    FloatVector s6 = start(c, c6, accumulate);
    FloatVector t6 = start(c, c6 + LANES, accumulate);
    FloatVector s7 = start(c, c7, accumulate);
    FloatVector t7 = start(c, c7 + LANES, accumulate);
    int q = aIndex;
    for (int p = 0; p < k; p++) {
      int panel = bIndex + p * WIDTH;
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
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[q + 6]);
      s6 = x6.fma(u, s6);
      t6 = x6.fma(v, t6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[q + 7]);
      s7 = x7.fma(u, s7);
      t7 = x7.fma(v, t7);
      q += aStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + LANES);
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + LANES);
  }
}
