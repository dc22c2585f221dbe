package dev.elbo.tensor.internal.primitive;

import java.util.Arrays;

/** The three sums of a convolution in float64, each as it is written: for checks, not for speed. */
final class Conv2DLoops {
  private Conv2DLoops() {}

  /** Visits all products of a convolution: x[input] with w[weight] belongs to y[output]. */
  private interface Product {
    void visit(int input, int weight, int output);
  }

  /** A kernel of one chunk. */
  private record Whole(int rows, int columns, Kernel kernel) implements MatrixKernel {
    @Override
    public int rowFrom(int chunk) {
      return 0;
    }

    @Override
    public int rowTo(int chunk) {
      return rows;
    }

    @Override
    public int columnFrom(int chunk) {
      return 0;
    }

    @Override
    public int columnTo(int chunk) {
      return columns;
    }

    @Override
    public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
      kernel.run(chunk, inputs, output, scratch);
    }
  }

  static MatrixKernel forward(ConvolutionGeometry geometry) {
    return new Whole(
        geometry.positions(),
        geometry.filters(),
        (chunk, inputs, output, scratch) -> {
          double[] x = (double[]) inputs[0];
          double[] w = (double[]) inputs[1];
          double[] y = (double[]) output;
          Arrays.fill(y, 0, geometry.positions() * geometry.filters(), 0);
          visit(geometry, (i, k, o) -> y[o] = Math.fma(x[i], w[k], y[o]));
        });
  }

  static MatrixKernel inputGradient(ConvolutionGeometry geometry) {
    int pixels = geometry.batch() * geometry.rows().input() * geometry.columns().input();
    return new Whole(
        pixels,
        geometry.channels(),
        (chunk, inputs, output, scratch) -> {
          double[] y = (double[]) inputs[0];
          double[] w = (double[]) inputs[1];
          double[] x = (double[]) output;
          Arrays.fill(x, 0, geometry.batch() * geometry.imageSize(), 0);
          visit(geometry, (i, k, o) -> x[i] = Math.fma(y[o], w[k], x[i]));
        });
  }

  static Kernel filterGradient(ConvolutionGeometry geometry) {
    return (chunk, inputs, output, scratch) -> {
      double[] x = (double[]) inputs[0];
      double[] y = (double[]) inputs[1];
      double[] w = (double[]) output;
      Arrays.fill(w, 0, geometry.patch() * geometry.filters(), 0);
      visit(geometry, (i, k, o) -> w[k] = Math.fma(x[i], y[o], w[k]));
    };
  }

  private static void visit(ConvolutionGeometry geometry, Product product) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int channels = geometry.channels();
    int filters = geometry.filters();
    for (int n = 0; n < geometry.batch(); n++) {
      for (int p = 0; p < rows.output(); p++) {
        for (int q = 0; q < columns.output(); q++) {
          int output = ((n * rows.output() + p) * columns.output() + q) * filters;
          for (int tap = 0; tap < geometry.taps(); tap++) {
            int h = rows.at(p, tap / columns.size());
            int v = columns.at(q, tap % columns.size());
            if (h < 0 || h >= rows.input() || v < 0 || v >= columns.input()) {
              continue;
            }
            int input = ((n * rows.input() + h) * columns.input() + v) * channels;
            for (int c = 0; c < channels; c++) {
              int weight = (tap * channels + c) * filters;
              for (int f = 0; f < filters; f++) {
                product.visit(input + c, weight + f, output + f);
              }
            }
          }
        }
      }
    }
  }
}
