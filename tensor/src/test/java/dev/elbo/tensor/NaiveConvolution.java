package dev.elbo.tensor;

/** A convolution and its gradients as their definitions say, one product after the other. */
final class NaiveConvolution {
  private final double[] output;
  private final double[] inputGradient;
  private final double[] filterGradient;

  /**
   * @param g the cotangent of the output
   */
  NaiveConvolution(Convolution convolution, Tensor x, Tensor w, Tensor g) {
    double[] xs = x.toDoubles();
    double[] ws = w.toDoubles();
    double[] gs = g.toDoubles();
    output = new double[gs.length];
    inputGradient = new double[xs.length];
    filterGradient = new double[ws.length];
    int[] in = x.shape().dims();
    int[] size = w.shape().dims();
    int[] out = g.shape().dims();
    int top = 0;
    int left = 0;
    if (convolution.padding() == Padding.SAME) {
      top =
          before(in[1], out[1], size[0], convolution.strideHeight(), convolution.dilationHeight());
      left = before(in[2], out[2], size[1], convolution.strideWidth(), convolution.dilationWidth());
    }
    for (int n = 0; n < out[0]; n++) {
      for (int p = 0; p < out[1]; p++) {
        for (int q = 0; q < out[2]; q++) {
          for (int f = 0; f < out[3]; f++) {
            int o = ((n * out[1] + p) * out[2] + q) * out[3] + f;
            for (int r = 0; r < size[0]; r++) {
              for (int s = 0; s < size[1]; s++) {
                int h = p * convolution.strideHeight() + r * convolution.dilationHeight() - top;
                int v = q * convolution.strideWidth() + s * convolution.dilationWidth() - left;
                if (h < 0 || h >= in[1] || v < 0 || v >= in[2]) {
                  continue;
                }
                for (int c = 0; c < size[2]; c++) {
                  int i = ((n * in[1] + h) * in[2] + v) * in[3] + c;
                  int k = ((r * size[1] + s) * size[2] + c) * size[3] + f;
                  output[o] += xs[i] * ws[k];
                  inputGradient[i] += gs[o] * ws[k];
                  filterGradient[k] += gs[o] * xs[i];
                }
              }
            }
          }
        }
      }
    }
  }

  /** TensorFlow's rule for SAME: the odd element of padding comes after the input. */
  private static int before(int in, int out, int size, int stride, int dilation) {
    return Math.max(0, (out - 1) * stride + (size - 1) * dilation + 1 - in) / 2;
  }

  double[] output() {
    return output.clone();
  }

  double[] inputGradient() {
    return inputGradient.clone();
  }

  double[] filterGradient() {
    return filterGradient.clone();
  }
}
