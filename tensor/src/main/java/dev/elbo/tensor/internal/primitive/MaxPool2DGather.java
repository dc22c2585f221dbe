package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.List;

/**
 * {@code z[n, p, q, c]} is {@code t} at the place where x is the maximum of its window first: the
 * gradient of {@link MaxPool2DGradient}, and the derivative of {@link MaxPool2D} along t. Inputs:
 * x, its maxima y, and t of x's shape; only t has a gradient.
 */
public record MaxPool2DGather(Pooling pooling) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.get(1).shape();
  }

  @Override
  public void vjp(Backward at) {
    if (at.wants(2)) {
      at.add(
          2,
          Tensor.apply(new MaxPool2DGradient(pooling), at.input(0), at.input(1), at.cotangent()));
    }
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    PoolingGeometry geometry = PoolingGeometry.of(pooling, signature.shape(0), signature.shape(1));
    int rowStep = geometry.rowStep();
    int channels = geometry.channels();
    if (signature.outputDtype() == DType.FLOAT64) {
      return PoolingKernel.gather(
          geometry,
          (inputs, output, large, rows, columns, small) -> {
            double[] x = (double[]) inputs[0];
            double[] y = (double[]) inputs[1];
            double[] source = (double[]) inputs[2];
            for (int c = 0; c < channels; c++) {
              double taken = 0;
              for (int place = 0; place < rows * columns; place++) {
                int index = large + place / columns * rowStep + place % columns * channels + c;
                if (x[index] == y[small + c]) {
                  taken = source[index];
                  break;
                }
              }
              ((double[]) output)[small + c] = taken;
            }
          });
    }
    WindowKernels windows = Kernels.get().windows();
    return PoolingKernel.gather(
        geometry,
        (inputs, output, large, rows, columns, small) ->
            windows.takeAtMax(
                (float[]) inputs[0],
                large,
                rowStep,
                channels,
                rows,
                columns,
                (float[]) inputs[1],
                (float[]) inputs[2],
                small,
                (float[]) output,
                channels));
  }
}
