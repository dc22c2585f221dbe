package dev.elbo.bench.worker;

/**
 * A square convolution with SAME padding over images (batch, size, size, channels) and filters
 * (kernel, kernel, channels, filters); images, filters and the result's gradient are {@link
 * SharedArrays#uniform} with seeds 1, 2 and 3.
 *
 * @param direction what is computed
 * @param threads how many threads work
 */
public record ConvSetting(
    Direction direction,
    int batch,
    int size,
    int channels,
    int filters,
    int kernel,
    int stride,
    int threads) {

  /** What of a convolution is computed. */
  public enum Direction {
    /** The result. */
    FORWARD,
    /** The gradient of the images. */
    INPUT_GRADIENT,
    /** The gradient of the filters. */
    FILTER_GRADIENT
  }

  /** The side of the result: TensorFlow's SAME. */
  public int outputSize() {
    return (size + stride - 1) / stride;
  }

  /** Rows and columns of zeros before the image: TensorFlow's SAME. */
  public int paddingBefore() {
    return padding() / 2;
  }

  /** Rows and columns of zeros after the image: TensorFlow's SAME. */
  public int paddingAfter() {
    return padding() - paddingBefore();
  }

  private int padding() {
    return Math.max(0, (outputSize() - 1) * stride + kernel - size);
  }

  /** Such as {@code 28x28x32 to 64, 3x3, stride 1, forward}. */
  public String label() {
    return size
        + "x"
        + size
        + "x"
        + channels
        + " to "
        + filters
        + ", "
        + kernel
        + "x"
        + kernel
        + ", stride "
        + stride
        + switch (direction) {
          case FORWARD -> ", forward";
          case INPUT_GRADIENT -> ", input gradient";
          case FILTER_GRADIENT -> ", filter gradient";
        };
  }

  /** {@code 2 batch output^2 kernel^2 channels filters} */
  public double operations() {
    return 2.0
        * batch
        * outputSize()
        * outputSize()
        * kernel
        * kernel
        * (double) channels
        * filters;
  }

  public int imageElements() {
    return batch * size * size * channels;
  }

  public int filterElements() {
    return kernel * kernel * channels * filters;
  }

  public int resultElements() {
    return batch * outputSize() * outputSize() * filters;
  }
}
