package dev.elbo.tensor;

import dev.elbo.tensor.internal.primitive.AveragePool2D;
import dev.elbo.tensor.internal.primitive.Conv2D;
import dev.elbo.tensor.internal.primitive.Conv2DInputGradient;
import dev.elbo.tensor.internal.primitive.MaxPool2D;

/** Validation and type promotion of convolutions and poolings. */
final class Convolutions {
  private Convolutions() {}

  static Tensor conv2d(Tensor input, Tensor filters, Convolution convolution) {
    Tensor x = Operations.floating("conv2d", input);
    Tensor w = Operations.floating("conv2d", filters);
    convolution.outputShape(x.shape(), w.shape());
    DType dtype = x.dtype().promote(w.dtype());
    return Tensor.apply(new Conv2D(convolution), x.cast(dtype), w.cast(dtype));
  }

  static Tensor conv2dTranspose(Tensor input, Tensor filters, Convolution convolution) {
    Tensor x = Operations.floating("conv2dTranspose", input);
    Tensor w = Operations.floating("conv2dTranspose", filters);
    Shape output = convolution.transposedOutputShape(x.shape(), w.shape());
    DType dtype = x.dtype().promote(w.dtype());
    return Tensor.apply(
        new Conv2DInputGradient(convolution, output.dim(1), output.dim(2)),
        x.cast(dtype),
        w.cast(dtype));
  }

  static Tensor maxPool2d(Tensor input, Pooling pooling) {
    Tensor x = Operations.floating("maxPool2d", input);
    pooling.outputShape("maxPool2d", x.shape());
    return Tensor.apply(new MaxPool2D(pooling), x);
  }

  static Tensor averagePool2d(Tensor input, Pooling pooling) {
    Tensor x = Operations.floating("averagePool2d", input);
    pooling.outputShape("averagePool2d", x.shape());
    return Tensor.apply(new AveragePool2D(pooling), x);
  }
}
