package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/** Plain loops over planes. */
public final class ScalarPlaneKernels implements PlaneKernels {

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
    multiply(x, xIndex, taps, w, wIndex, out, outIndex, count, width, 0);
  }

  /** The columns from {@code columnFrom} on. */
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
    addGradient(x, xIndex, taps, y, yIndex, w, wIndex, count, width, 0);
  }

  /** The columns from {@code columnFrom} on. */
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
