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
 * {@code y[n, p, q, c] = max over the window at (p, q) of x[n, h, v, c]}; NaN if one is. Of several
 * equal maxima the first, in row-major order, receives the gradient.
 */
public record MaxPool2D(Pooling pooling) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return pooling.outputShape(inputs.getFirst().shape());
  }

  @Override
  public void vjp(Backward at) {
    at.add(
        0, Tensor.apply(new MaxPool2DGradient(pooling), at.input(0), at.output(), at.cotangent()));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    PoolingGeometry geometry =
        PoolingGeometry.of(pooling, signature.shape(0), signature.outputShape());
    int rowStep = geometry.rowStep();
    int channels = geometry.channels();
    if (signature.outputDtype() == DType.FLOAT64) {
      return PoolingKernel.gather(
          geometry,
          (inputs, output, large, rows, columns, small) -> {
            double[] x = (double[]) inputs[0];
            for (int c = 0; c < channels; c++) {
              double most = x[large + c];
              for (int place = 1; place < rows * columns; place++) {
                int index = large + place / columns * rowStep + place % columns * channels + c;
                most = Math.max(most, x[index]);
              }
              ((double[]) output)[small + c] = most;
            }
          });
    }
    WindowKernels windows = Kernels.get().windows();
    return PoolingKernel.gather(
        geometry,
        (inputs, output, large, rows, columns, small) ->
            windows.max(
                (float[]) inputs[0],
                large,
                rowStep,
                channels,
                rows,
                columns,
                (float[]) output,
                small,
                channels));
  }
}
