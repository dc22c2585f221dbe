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
 * The gradient of {@link MaxPool2D}: zeros, to which each window adds its cotangent where its first
 * maximum is. Inputs: x, its maxima y, the cotangent of y. Where the maxima are is piecewise
 * constant in x, so only the cotangent has a gradient.
 */
public record MaxPool2DGradient(Pooling pooling) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }

  /** Whether no two windows see the same element: each cotangent then has a place of its own. */
  public boolean isDisjoint() {
    return pooling.strideHeight() >= pooling.height() && pooling.strideWidth() >= pooling.width();
  }

  @Override
  public void vjp(Backward at) {
    if (at.wants(2)) {
      at.add(
          2, Tensor.apply(new MaxPool2DGather(pooling), at.input(0), at.input(1), at.cotangent()));
    }
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    PoolingGeometry geometry = PoolingGeometry.of(pooling, signature.shape(0), signature.shape(1));
    int rowStep = geometry.rowStep();
    int channels = geometry.channels();
    if (signature.outputDtype() == DType.FLOAT64) {
      return PoolingKernel.scatter(
          geometry,
          (inputs, output, large, rows, columns, small) -> {
            double[] x = (double[]) inputs[0];
            double[] y = (double[]) inputs[1];
            double[] cotangent = (double[]) inputs[2];
            for (int c = 0; c < channels; c++) {
              for (int place = 0; place < rows * columns; place++) {
                int index = large + place / columns * rowStep + place % columns * channels + c;
                if (x[index] == y[small + c]) {
                  ((double[]) output)[index] += cotangent[small + c];
                  break;
                }
              }
            }
          });
    }
    WindowKernels windows = Kernels.get().windows();
    if (geometry.isDisjoint()) {
      return PoolingKernel.put(
          geometry,
          (inputs, output, large, rows, columns, small) ->
              windows.putAtMax(
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
                  large,
                  channels));
    }
    return PoolingKernel.scatter(
        geometry,
        (inputs, output, large, rows, columns, small) ->
            windows.addToMax(
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
                large,
                channels));
  }
}
