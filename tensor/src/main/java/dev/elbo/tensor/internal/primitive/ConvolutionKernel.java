package dev.elbo.tensor.internal.primitive;

/** A convolution, or its gradient in the input: of images and filters it makes images. */
interface ConvolutionKernel extends MatrixKernel, ImageKernel {
  /** Rows of the output matrix that make up an image. */
  int imagePositions();

  @Override
  default int imageFrom(int chunk) {
    return rowFrom(chunk) / Math.max(1, imagePositions());
  }

  @Override
  default int imageTo(int chunk) {
    return Math.ceilDiv(rowTo(chunk), Math.max(1, imagePositions()));
  }

  @Override
  default boolean isImages(int input) {
    return input == 0;
  }
}
