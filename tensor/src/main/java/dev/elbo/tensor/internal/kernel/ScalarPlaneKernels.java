package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/** Plain loops over planes. */
public final class ScalarPlaneKernels implements PlaneKernels {

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
    int at = outIndex;
    for (int i = 0; i < rows; i++) {
      Arrays.fill(out, at, at + left, 0f);
      at += left;
      copy(x, xIndex + i * xRow, xStep, count, out, at);
      at += count;
      Arrays.fill(out, at, at + right, 0f);
      at += right;
    }
  }

  /** {@code out[outIndex + q] = x[xIndex + q * xStep]} */
  public void copy(float[] x, int xIndex, int xStep, int count, float[] out, int outIndex) {
    int from = xIndex;
    for (int q = 0; q < count; q++) {
      out[outIndex + q] = x[from];
      from += xStep;
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
    for (int i = 0; i < rows; i++) {
      int at = xIndex + i * xStep;
      multiply(x, at, taps, w, wIndex, out, outIndex + i * count * width, count, width, 0);
    }
  }

  /** One row, the columns from {@code columnFrom} on. */
  public void multiply(
      float[] x,
      int xIndex,
      int[] taps,
      float[] w,
      int wIndex,
      float[] out,
      int outIndex,
      int count,
      int width,
      int columnFrom) {
    for (int q = 0; q < count; q++) {
      int to = outIndex + q * width;
      Arrays.fill(out, to + columnFrom, to + width, 0f);
      for (int k = 0; k < taps.length; k++) {
        float seen = x[xIndex + taps[k] + q];
        int from = wIndex + k * width;
        for (int j = columnFrom; j < width; j++) {
          out[to + j] = Math.fma(seen, w[from + j], out[to + j]);
        }
      }
    }
  }

  @Override
  public void turn(
      float[] x, int xIndex, int count, int width, float[] out, int outIndex, int outStep) {
    for (int j = 0; j < width; j++) {
      for (int q = 0; q < count; q++) {
        out[outIndex + j * outStep + q] = x[xIndex + q * width + j];
      }
    }
  }

  @Override
  public void sum(float[] x, int xIndex, int[] places, float[] out, int outIndex, int count) {
    for (int q = 0; q < count; q++) {
      float sum = 0f;
      for (int place : places) {
        sum += x[xIndex + place + q];
      }
      out[outIndex + q] = sum;
    }
  }

  @Override
  public void open(float[] x, int xIndex, float[] v, float[] out, int outIndex, int count) {
    for (int i = 0; i < count; i++) {
      out[outIndex + i] = x[xIndex + i] * Math.signum(Math.max(v[outIndex + i], 0f));
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
    for (int i = 0; i < rows; i++) {
      int at = xIndex + i * xStep;
      addGradient(x, at, taps, y, yIndex + i * count * width, w, wIndex, count, width, 0);
    }
  }

  /** One row, the columns from {@code columnFrom} on. */
  public void addGradient(
      float[] x,
      int xIndex,
      int[] taps,
      float[] y,
      int yIndex,
      float[] w,
      int wIndex,
      int count,
      int width,
      int columnFrom) {
    for (int q = 0; q < count; q++) {
      int from = yIndex + q * width;
      for (int k = 0; k < taps.length; k++) {
        float seen = x[xIndex + taps[k] + q];
        int to = wIndex + k * width;
        for (int j = columnFrom; j < width; j++) {
          w[to + j] = Math.fma(seen, y[from + j], w[to + j]);
        }
      }
    }
  }
}
