package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/** {@link DoubleProducts} in plain loops: the oracle of the others. */
public final class ScalarDoubleProducts implements DoubleProducts {
  private static final int LANES = 32;

  @Override
  public double dot(double[] a, double[] b) {
    double[] lanes = new double[LANES];
    int i = 0;
    for (; i <= a.length - LANES; i += LANES) {
      for (int l = 0; l < LANES; l++) {
        lanes[l] += a[i + l] * b[i + l];
      }
    }
    for (; i <= a.length - 8; i += 8) {
      for (int l = 0; l < 8; l++) {
        lanes[l] += a[i + l] * b[i + l];
      }
    }
    double rest = 0;
    for (; i < a.length; i++) {
      rest += a[i] * b[i];
    }
    return fold(lanes) + rest;
  }

  @Override
  public void addFourDots(double[] x, double[][] columns, int from, int to, double[] sums, int at) {
    double[] lanes = new double[8];
    for (int k = 0; k < 4; k++) {
      double[] column = columns[k];
      Arrays.fill(lanes, 0);
      int i = from;
      for (; i <= to - 8; i += 8) {
        for (int l = 0; l < 8; l++) {
          lanes[l] += x[i + l] * column[i + l];
        }
      }
      double rest = 0;
      for (; i < to; i++) {
        rest += x[i] * column[i];
      }
      sums[at + k] += fold(lanes) + rest;
    }
  }

  private static double fold(double[] lanes) {
    for (int half = lanes.length / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
