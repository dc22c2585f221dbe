package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.PlaneKernels;
import dev.elbo.tensor.internal.kernel.ScalarPlaneKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Planes on the Vector API: a vector of columns at a time, whose filters stay in registers while
 * the places of a row go by. The places do not wait for each other, so the processor works on
 * several at once.
 */
final class VectorPlaneKernels implements PlaneKernels {
  private final ScalarPlaneKernels scalar = new ScalarPlaneKernels();

  @Override
  public void multiply(
      float[] x,
      int xIndex,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width) {
    int whole = SPECIES.loopBound(width);
    for (int j = 0; j < whole; j += LANES) {
      int k = 0;
      for (; k + 9 <= taps.length; k += 9) {
        nine(x, xIndex, taps, k, w, wIndex + j, out, outIndex + j, count, width);
      }
      for (; k + 3 <= taps.length; k += 3) {
        three(x, xIndex, taps, k, w, wIndex + j, out, outIndex + j, count, width);
      }
      for (; k < taps.length; k++) {
        one(x, xIndex, taps, k, w, wIndex + j, out, outIndex + j, count, width);
      }
    }
    if (whole < width) {
      scalar.multiply(x, xIndex, taps, w, wIndex, out, outIndex, count, width, whole);
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
      int[] taps,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width) {
    int whole = SPECIES.loopBound(width);
    for (int j = 0; j < whole; j += LANES) {
      int k = 0;
      for (; k + 9 <= taps.length; k += 9) {
        nineGradients(x, xIndex, taps, k, y, yIndex + j, w, wIndex + j, count, width);
      }
      for (; k + 3 <= taps.length; k += 3) {
        threeGradients(x, xIndex, taps, k, y, yIndex + j, w, wIndex + j, count, width);
      }
      for (; k < taps.length; k++) {
        oneGradient(x, xIndex, taps, k, y, yIndex + j, w, wIndex + j, count, width);
      }
    }
    if (whole < width) {
      scalar.addGradient(x, xIndex, taps, y, yIndex, w, wIndex, count, width, whole);
    }
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
