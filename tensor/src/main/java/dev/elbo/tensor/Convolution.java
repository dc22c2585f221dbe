package dev.elbo.tensor;

/**
 * How the filters of a convolution move over its input: {@code y[n, p, q, f] = sum over r, s, c of
 * x[n, p strideHeight + r dilationHeight - top, q strideWidth + s dilationWidth - left, c] w[r, s,
 * c, f]}, with zeros outside the input and {@code top} and {@code left} as {@link Padding} says.
 *
 * <p>Tensors are (batch, height, width, channels); filters are (height, width, input channels,
 * output channels), as in Keras. Source: TensorFlow, {@code tf.nn.convolution}.
 *
 * @param strideHeight rows from one place of a filter to the next, 1 or more
 * @param strideWidth columns from one place of a filter to the next, 1 or more
 * @param dilationHeight rows from one element of a filter to the next, 1 or more
 * @param dilationWidth columns from one element of a filter to the next, 1 or more
 * @param padding what filters see beyond the edges
 */
public record Convolution(
    int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, Padding padding) {
  public Convolution {
    requirePositive("strides", strideHeight, strideWidth);
    requirePositive("dilation", dilationHeight, dilationWidth);
  }

  /** Strides and dilation 1, VALID padding. */
  public static Convolution of() {
    return new Convolution(1, 1, 1, 1, Padding.VALID);
  }

  /** The same with one stride for both axes. */
  public Convolution strides(int stride) {
    return strides(stride, stride);
  }

  /** The same with a stride for each axis. */
  public Convolution strides(int height, int width) {
    return new Convolution(height, width, dilationHeight, dilationWidth, padding);
  }

  /** The same with one dilation for both axes. */
  public Convolution dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The same with a dilation for each axis. */
  public Convolution dilation(int height, int width) {
    return new Convolution(strideHeight, strideWidth, height, width, padding);
  }

  /** The same with another padding. */
  public Convolution padding(Padding newPadding) {
    return new Convolution(strideHeight, strideWidth, dilationHeight, dilationWidth, newPadding);
  }

  /**
   * The shape of {@link Tensor#conv2d}'s result.
   *
   * @param input (batch, height, width, channels); lengths may be {@link Shape#BATCH}
   * @param filters (height, width, channels, output channels)
   * @return (batch, output height, output width, output channels)
   * @throws IllegalArgumentException if the two do not fit together
   */
  public Shape outputShape(Shape input, Shape filters) {
    requireRanks("conv2d", input, filters, "(height, width, input channels, output channels)");
    int channels = filters.dim(2);
    if (input.dim(3) != channels && input.dim(3) != Shape.BATCH) {
      throw new IllegalArgumentException(
          "conv2d: expected input with "
              + channels
              + " channels, the third axis of filters "
              + filters
              + ", received shape "
              + input
              + " with "
              + input.dim(3)
              + ". Channels come last; transpose(0, 2, 3, 1) moves them there.");
    }
    int extentHeight = extent(filters.dim(0), dilationHeight);
    int extentWidth = extent(filters.dim(1), dilationWidth);
    requireFit("conv2d: filters " + filters, padding, extentHeight, extentWidth, input);
    return Shape.of(
        input.dim(0),
        padding.outputLength(input.dim(1), extentHeight, strideHeight),
        padding.outputLength(input.dim(2), extentWidth, strideWidth),
        filters.dim(3));
  }

  /**
   * The shape of {@link Tensor#conv2dTranspose}'s result: of the inputs that this convolution turns
   * into the given one, the largest under SAME padding ({@code input stride}), and the smallest
   * that every filter reaches under VALID ({@code input stride + max(extent - stride, 0)}).
   *
   * @param input (batch, height, width, channels); lengths may be {@link Shape#BATCH}
   * @param filters (height, width, output channels, channels)
   * @return (batch, output height, output width, output channels)
   * @throws IllegalArgumentException if the two do not fit together
   */
  public Shape transposedOutputShape(Shape input, Shape filters) {
    requireRanks(
        "conv2dTranspose", input, filters, "(height, width, output channels, input channels)");
    if (input.dim(3) != filters.dim(3) && input.dim(3) != Shape.BATCH) {
      throw new IllegalArgumentException(
          "conv2dTranspose: expected input with "
              + filters.dim(3)
              + " channels, the last axis of filters "
              + filters
              + ", received shape "
              + input
              + " with "
              + input.dim(3)
              + ". Filters are (height, width, output channels, input channels).");
    }
    return Shape.of(
        input.dim(0),
        transposedLength(input.dim(1), extent(filters.dim(0), dilationHeight), strideHeight),
        transposedLength(input.dim(2), extent(filters.dim(1), dilationWidth), strideWidth),
        filters.dim(2));
  }

  private int transposedLength(int input, int extent, int stride) {
    if (input == Shape.BATCH || input == 0) {
      return input;
    }
    long length = (long) input * stride;
    long total = padding == Padding.SAME ? length : length + Math.max(extent - stride, 0);
    return Checks.axisLength("conv2dTranspose", total);
  }

  private static int extent(int size, int dilation) {
    return (size - 1) * dilation + 1;
  }

  private static void requirePositive(String what, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Convolution: expected "
              + what
              + " of 1 or more, received ("
              + height
              + ", "
              + width
              + ").");
    }
  }

  private static void requireRanks(String operation, Shape input, Shape filters, String layout) {
    requireImages(operation, input);
    if (filters.rank() != 4) {
      throw new IllegalArgumentException(
          operation + ": expected filters of shape " + layout + ", received " + filters + ".");
    }
    for (int dim : filters.dims()) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            operation
                + ": expected filters with 1 or more along each axis, received "
                + filters
                + ".");
      }
    }
  }

  static void requireImages(String operation, Shape input) {
    if (input.rank() == 4) {
      return;
    }
    String remedy =
        input.rank() == 3
            ? " Add a channel axis with expandDims(-1), or in a model with Reshape.of("
                + length(input.dim(1))
                + ", "
                + length(input.dim(2))
                + ", 1)."
            : " Reshape it to four axes.";
    throw new IllegalArgumentException(
        operation
            + ": expected input of shape (batch, height, width, channels), received "
            + input
            + "."
            + remedy);
  }

  private static String length(int dim) {
    return dim == Shape.BATCH ? "-1" : Integer.toString(dim);
  }

  /** Throws if a window that may not leave the input has no place in it. */
  static void requireFit(String who, Padding padding, int height, int width, Shape input) {
    boolean fits =
        padding == Padding.SAME
            || ((input.dim(1) == Shape.BATCH || input.dim(1) >= height)
                && (input.dim(2) == Shape.BATCH || input.dim(2) >= width));
    if (!fits) {
      throw new IllegalArgumentException(
          who
              + " with VALID padding: expected input of at least "
              + height
              + " by "
              + width
              + ", received shape "
              + input
              + ". Use Padding.SAME, a smaller window, or fewer layers that shrink the image.");
    }
  }
}
