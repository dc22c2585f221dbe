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
 * The gradient of {@link AveragePool2D}: zeros, to which each window adds {@code y / count} at
 * every place inside the input. Input: y.
 *
 * @param height rows of the pooling's input: several heights may give y's
 * @param width columns of the pooling's input
 */
public record AveragePool2DGradient(Pooling pooling, int height, int width) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    Shape y = inputs.getFirst().shape();
    return Shape.of(y.dim(0), height, width, y.dim(3));
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, Tensor.apply(new AveragePool2D(pooling), at.cotangent()));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    PoolingGeometry geometry =
        PoolingGeometry.of(pooling, signature.outputShape(), signature.shape(0));
    int rowStep = geometry.rowStep();
    int channels = geometry.channels();
    if (signature.outputDtype() == DType.FLOAT64) {
      return PoolingKernel.scatter(
          geometry,
          (inputs, output, large, rows, columns, small) -> {
            double[] y = (double[]) inputs[0];
            for (int c = 0; c < channels; c++) {
              double share = y[small + c] / (rows * columns);
              for (int place = 0; place < rows * columns; place++) {
                int index = large + place / columns * rowStep + place % columns * channels + c;
                ((double[]) output)[index] += share;
              }
            }
          });
    }
    WindowKernels windows = Kernels.get().windows();
    return PoolingKernel.scatter(
        geometry,
        (inputs, output, large, rows, columns, small) ->
            windows.addShare(
                (float[]) inputs[0],
                small,
                (float[]) output,
                large,
                rowStep,
                channels,
                rows,
                columns,
                channels));
  }
}
