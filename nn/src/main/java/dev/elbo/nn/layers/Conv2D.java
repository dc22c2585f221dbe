package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code activation(conv2d(x, kernel) + bias)}: filters that slide over images, see {@link
 * Convolution}.
 *
 * <p>(batch, height, width, channels) gives (batch, new height, new width, filters). Weights:
 * kernel (kernel height, kernel width, channels, filters) and bias (filters). Strides 1, VALID
 * padding and dilation rate 1 unless set.
 */
public final class Conv2D extends ConvolutionLayer<Conv2D> {
  static final String NAME = "Conv2D";

  private Conv2D(Common common, KernelSettings settings, FilterSettings filters) {
    super(common, settings, filters);
  }

  /** A layer of some square filters: {@code Conv2D.of(32, 3)} has 32 of 3 by 3. */
  public static Conv2D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /**
   * A layer of some filters of a height and a width.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public static Conv2D of(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2D(
        Common.of(),
        KernelSettings.of(),
        FilterSettings.of(NAME, filters, kernelHeight, kernelWidth));
  }

  static Conv2D of(Config config) {
    return new Conv2D(Common.of(), KernelSettings.of(config), FilterSettings.of(NAME, config));
  }

  @Override
  Conv2D with(Common common, KernelSettings settings, FilterSettings filterSettings) {
    return new Conv2D(common, settings, filterSettings);
  }

  @Override
  Shape filterShape(int channels) {
    return Shape.of(filters().height(), filters().width(), channels, filters().count());
  }

  @Override
  public Shape outputShape(Shape input) {
    LayerChecks.requireImages(describe(), input);
    LayerChecks.requireChannels(describe(), input, kernelShape().map(kernel -> kernel.dim(2)));
    LayerChecks.requireFit(describe(), filters(), input);
    return activated(filters().convolution().outputShape(input, filterShape(input.dim(3))));
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return finish(input.cast(dtype()).conv2d(kernel(), filters().convolution()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return kernelSettings().config(filters().config());
  }
}
