package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;

/**
 * The gradient of {@link Conv2D} in its filters: {@code w[r, s, c, f] = sum over n, p, q of x[n, p
 * stride + r dilation - before, ..., c] y[n, p, q, f]}. Inputs: x (batch, height, width, channels),
 * y (batch, output height, output width, filters).
 *
 * @param height rows of a filter: several heights may turn x's into y's
 * @param width columns of a filter
 */
public record Conv2DFilterGradient(Convolution convolution, int height, int width)
    implements Custom {
  /** The gradient in filters of the given shape. */
  static Tensor of(Convolution convolution, Tensor x, Tensor y, Shape filters) {
    return Tensor.apply(
        new Conv2DFilterGradient(convolution, filters.dim(0), filters.dim(1)), x, y);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return Shape.of(height, width, inputs.get(0).shape().dim(3), inputs.get(1).shape().dim(3));
  }

  @Override
  public void vjp(Backward at) {
    Tensor x = at.input(0);
    Tensor y = at.input(1);
    if (at.wants(0)) {
      at.add(0, Conv2DInputGradient.of(convolution, y, at.cotangent(), x.shape()));
    }
    if (at.wants(1)) {
      at.add(1, Tensor.apply(new Conv2D(convolution), x, at.cotangent()));
    }
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    ConvolutionGeometry geometry =
        ConvolutionGeometry.of(convolution, signature.shape(0), height, width, signature.shape(1));
    return signature.outputDtype() == DType.FLOAT32
        ? Conv2DFilterGradientKernel.of(geometry, Kernels.get())
        : Conv2DLoops.filterGradient(geometry);
  }
}
