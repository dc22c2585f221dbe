package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[rows, WIDTH] += A[rows, k] B[k, WIDTH]} for a left factor whose rows are contiguous
 * along k and a right factor at any row stride: what a small batch needs, where nothing is worth
 * packing.
 *
 * <p>One method a row count, because C2 keeps accumulators in registers only when each is a local
 * variable of its own, and gives up on methods much larger than these.
 */
// The tiles are called alike; the smallest has no use for every step.
@SuppressWarnings("UnusedVariable")
final class RowTiles {

  private RowTiles() {}

  /**
   * @param aStep stride between rows of A
   * @param bStep stride between rows of B
   * @param cStep stride between rows of C
   */
  static void multiply(
      int rows,
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int b0,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    switch (rows) {
      case 1 -> rows1(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 2 -> rows2(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 3 -> rows3(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 4 -> rows4(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 5 -> rows5(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 6 -> rows6(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 7 -> rows7(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      case 8 -> rows8(a, a0, aStep, b, b0, bStep, c, c0, cStep, k, accumulate);
      default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
    }
  }

  /** What an accumulator starts from: the output, or zero. */
  private static FloatVector start(float[] c, int index, boolean accumulate) {
    return accumulate ? FloatVector.fromArray(SPECIES, c, index) : FloatVector.zero(SPECIES);
  }

  private static void rows1(
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    int q = bIndex;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(SPECIES, b, q);
      FloatVector v = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      q += bStep;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
  }

  private static void rows2(
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int c1 = c0 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    int q = bIndex;
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
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
  }

  private static void rows3(
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int c1 = c0 + cStep;
    int c2 = c1 + cStep;
    FloatVector s0 = start(c, c0, accumulate);
    FloatVector t0 = start(c, c0 + LANES, accumulate);
    FloatVector s1 = start(c, c1, accumulate);
    FloatVector t1 = start(c, c1 + LANES, accumulate);
    FloatVector s2 = start(c, c2, accumulate);
    FloatVector t2 = start(c, c2 + LANES, accumulate);
    int q = bIndex;
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
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
  }

  private static void rows4(
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
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
    int q = bIndex;
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
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
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
    int q = bIndex;
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
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
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
    int q = bIndex;
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
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
    int a6 = a5 + aStep;
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
    int q = bIndex;
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
      int a0,
      int aStep,
      float[] b,
      int bIndex,
      int bStep,
      float[] c,
      int c0,
      int cStep,
      int k,
      boolean accumulate) {
    int a1 = a0 + aStep;
    int a2 = a1 + aStep;
    int a3 = a2 + aStep;
    int a4 = a3 + aStep;
    int a5 = a4 + aStep;
    int a6 = a5 + aStep;
    int a7 = a6 + aStep;
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
    int q = bIndex;
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
