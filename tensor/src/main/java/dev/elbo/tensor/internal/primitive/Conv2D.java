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
 * {@code y[n, p, q, f] = sum over r, s, c of x[n, p stride + r dilation - before, ..., c] w[r, s,
 * c, f]}. Inputs: x (batch, height, width, channels), w (height, width, channels, filters). How the
 * sum is cut, into one chain of fused multiply-adds or into one for each (r, s), is set by shape
 * alone.
 */
public record Conv2D(Convolution convolution) implements MatrixPrimitive {
  @Override
  public Shape shape(List<Node> inputs) {
    return convolution.outputShape(inputs.get(0).shape(), inputs.get(1).shape());
  }

  @Override
  public void vjp(Backward at) {
    Tensor x = at.input(0);
    Tensor w = at.input(1);
    if (at.wants(0)) {
      at.add(0, Conv2DInputGradient.of(convolution, at.cotangent(), w, x.shape()));
    }
    if (at.wants(1)) {
      at.add(1, Conv2DFilterGradient.of(convolution, x, at.cotangent(), w.shape()));
    }
  }

  @Override
  public MatrixKernel kernel(Signature signature, String origin) {
    Shape filters = signature.shape(1);
    ConvolutionGeometry geometry =
        ConvolutionGeometry.of(
            convolution,
            signature.shape(0),
            filters.dim(0),
            filters.dim(1),
            signature.outputShape());
    if (signature.outputDtype() == DType.FLOAT64) {
      return Conv2DLoops.forward(geometry);
    }
    Kernels kernels = Kernels.get();
    if (Conv2DFewFiltersKernel.suits(geometry)) {
      return new Conv2DFewFiltersKernel(geometry, kernels);
    }
    // Of one channel, the scalar loops like patches better. The bits are the same.
    boolean patches = geometry.channels() == 1 && kernels.vectorBits() == 0;
    if (!patches && PlaneConvolution.suitsForward(geometry)) {
      return new PlaneConvolution(geometry, kernels);
    }
    return !patches && ImageConvolution.suitsForward(geometry)
        ? ImageConvolution.forward(geometry, kernels)
        : new Conv2DKernel(geometry, kernels);
  }
}
