package dev.elbo.tensor;

/**
 * How the window of a pooling moves over the (height, width) of its input. Elements beyond the
 * edges, which SAME padding adds, take no part: neither in a maximum nor in the count of an
 * average. Source: TensorFlow, {@code tf.nn.pool}.
 *
 * @param height rows of the window, 1 or more
 * @param width columns of the window, 1 or more
 * @param strideHeight rows from one place of the window to the next, 1 or more
 * @param strideWidth columns from one place of the window to the next, 1 or more
 * @param padding whether the window may stand over the edges
 */
public record Pooling(int height, int width, int strideHeight, int strideWidth, Padding padding) {
  public Pooling {
    if (height < 1 || width < 1 || strideHeight < 1 || strideWidth < 1) {
      throw new IllegalArgumentException(
          "Pooling: expected a window and strides of 1 or more, received window ("
              + height
              + ", "
              + width
              + ") and strides ("
              + strideHeight
              + ", "
              + strideWidth
              + ").");
    }
  }

  /** A square window, strides of its size, VALID padding. */
  public static Pooling of(int size) {
    return of(size, size);
  }

  /** A window, strides of its size, VALID padding. */
  public static Pooling of(int height, int width) {
    return new Pooling(height, width, height, width, Padding.VALID);
  }

  /** The same with one stride for both axes. */
  public Pooling strides(int stride) {
    return strides(stride, stride);
  }

  /** The same with a stride for each axis. */
  public Pooling strides(int newHeight, int newWidth) {
    return new Pooling(height, width, newHeight, newWidth, padding);
  }

  /** The same with another padding. */
  public Pooling padding(Padding newPadding) {
    return new Pooling(height, width, strideHeight, strideWidth, newPadding);
  }

  /**
   * The shape of {@link Tensor#maxPool2d}'s and {@link Tensor#averagePool2d}'s results.
   *
   * @param input (batch, height, width, channels); lengths may be {@link Shape#BATCH}
   * @return (batch, output height, output width, channels)
   * @throws IllegalArgumentException if the input has not four axes or the window does not fit
   */
  public Shape outputShape(Shape input) {
    return outputShape("pool2d", input);
  }

  Shape outputShape(String operation, Shape input) {
    Convolution.requireImages(operation, input);
    Convolution.requireFit(
        operation + ": a window of (" + height + ", " + width + ")", padding, height, width, input);
    return Shape.of(
        input.dim(0),
        padding.outputLength(input.dim(1), height, strideHeight),
        padding.outputLength(input.dim(2), width, strideWidth),
        input.dim(3));
  }
}
