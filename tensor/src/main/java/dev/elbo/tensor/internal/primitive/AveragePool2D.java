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
 * {@code y[n, p, q, c] = sum / count of x[n, h, v, c]} over the part of the window at (p, q) that
 * is inside the input, added in row-major order.
 */
public record AveragePool2D(Pooling pooling) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return pooling.outputShape(inputs.getFirst().shape());
  }

  @Override
  public void vjp(Backward at) {
    Shape x = at.input(0).shape();
    at.add(0, Tensor.apply(new AveragePool2DGradient(pooling, x.dim(1), x.dim(2)), at.cotangent()));
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
              double sum = 0;
              for (int place = 0; place < rows * columns; place++) {
                sum += x[large + place / columns * rowStep + place % columns * channels + c];
              }
              ((double[]) output)[small + c] = sum / (rows * columns);
            }
          });
    }
    WindowKernels windows = Kernels.get().windows();
    return PoolingKernel.gather(
        geometry,
        (inputs, output, large, rows, columns, small) ->
            windows.mean(
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
