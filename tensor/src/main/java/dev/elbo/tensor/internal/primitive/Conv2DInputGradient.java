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
 * The gradient of {@link Conv2D} in its input, which is the transposed convolution: {@code x[n, h,
 * v, c] = sum of y[n, p, q, f] w[r, s, c, f]} over all p, q, r, s, f for which output (p, q) sees
 * input (h, v) through filter element (r, s). Inputs: y (batch, output height, output width,
 * filters), w (height, width, channels, filters). Whether the sum is one chain of fused
 * multiply-adds by ascending (p, q, f), or one by ascending f for each (r, s) and then their sum,
 * is set by shape alone.
 *
 * @param height rows of x: several heights may give y's
 * @param width columns of x
 */
public record Conv2DInputGradient(Convolution convolution, int height, int width)
    implements MatrixPrimitive {
  /** The gradient in an input of the given shape. */
  static Tensor of(Convolution convolution, Tensor y, Tensor w, Shape input) {
    return Tensor.apply(new Conv2DInputGradient(convolution, input.dim(1), input.dim(2)), y, w);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return Shape.of(inputs.get(0).shape().dim(0), height, width, inputs.get(1).shape().dim(2));
  }

  @Override
  public void vjp(Backward at) {
    Tensor y = at.input(0);
    Tensor w = at.input(1);
    if (at.wants(0)) {
      at.add(0, Tensor.apply(new Conv2D(convolution), at.cotangent(), w));
    }
    if (at.wants(1)) {
      at.add(1, Conv2DFilterGradient.of(convolution, at.cotangent(), y, w.shape()));
    }
  }

  @Override
  public MatrixKernel kernel(Signature signature, String origin) {
    Shape filters = signature.shape(1);
    ConvolutionGeometry geometry =
        ConvolutionGeometry.of(
            convolution,
            signature.outputShape(),
            filters.dim(0),
            filters.dim(1),
            signature.shape(0));
    if (signature.outputDtype() == DType.FLOAT64) {
      return Conv2DLoops.inputGradient(geometry);
    }
    return ImageConvolution.suitsInputGradient(geometry)
        ? ImageConvolution.inputGradient(geometry, Kernels.get())
        : new Conv2DInputGradientKernel(geometry, Kernels.get());
  }
}
