package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code activation(conv2dTranspose(x, kernel) + bias)}: the way back from the output of a
 * convolution to the shape of its input.
 *
 * <p>(batch, height, width, channels) gives (batch, new height, new width, filters): with SAME
 * padding a length l becomes {@code l * stride}, with VALID {@code l * stride + max(extent -
 * stride, 0)}. Weights: kernel (kernel height, kernel width, filters, channels) and bias (filters).
 * Strides 1, VALID padding and dilation rate 1 unless set.
 */
public final class Conv2DTranspose extends KernelLayer<Conv2DTranspose> {
  static final String NAME = "Conv2DTranspose";

  private final FilterSettings filters;

  private Conv2DTranspose(Common common, KernelSettings settings, FilterSettings filters) {
    super(common, settings);
    this.filters = filters;
  }

  /** A layer of some square filters. */
  public static Conv2DTranspose of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /**
   * A layer of some filters of a height and a width.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public static Conv2DTranspose of(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2DTranspose(
        Common.of(),
        KernelSettings.of(),
        FilterSettings.of(NAME, filters, kernelHeight, kernelWidth));
  }

  static Conv2DTranspose of(Config config) {
    return new Conv2DTranspose(
        Common.of(), KernelSettings.of(config), FilterSettings.of(NAME, config));
  }

  @Override
  Conv2DTranspose with(Common common, KernelSettings settings) {
    return new Conv2DTranspose(common, settings, filters);
  }

  private Conv2DTranspose with(String setting, Convolution convolution) {
    requireUnbuilt(setting);
    return new Conv2DTranspose(common(), kernelSettings(), filters.with(convolution));
  }

  /** How many times longer both axes become; 1 unless set. */
  public Conv2DTranspose strides(int stride) {
    return strides(stride, stride);
  }

  /** How many times longer each axis becomes; 1 unless set. */
  public Conv2DTranspose strides(int height, int width) {
    return with("strides", filters.convolution().strides(height, width));
  }

  /** The padding of the convolution that is gone back; {@link Padding#VALID} unless set. */
  public Conv2DTranspose padding(Padding value) {
    return with("padding", filters.convolution().padding(value));
  }

  /** The distance of a filter's elements along both axes; 1 unless set. */
  public Conv2DTranspose dilationRate(int rate) {
    return dilationRate(rate, rate);
  }

  /** The distance of a filter's elements along each axis; 1 unless set. */
  public Conv2DTranspose dilationRate(int height, int width) {
    return with("dilationRate", filters.convolution().dilation(height, width));
  }

  private Shape filterShape(int channels) {
    return Shape.of(filters.height(), filters.width(), filters.count(), channels);
  }

  @Override
  public Shape outputShape(Shape input) {
    LayerChecks.requireImages(describe(), input);
    LayerChecks.requireChannels(describe(), input, kernelShape().map(kernel -> kernel.dim(3)));
    return filters.convolution().transposedOutputShape(input, filterShape(input.dim(3)));
  }

  @Override
  protected void createWeights(Shape input) {
    createKernel(filterShape(input.dim(3)), filters.count());
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return finish(input.cast(dtype()).conv2dTranspose(kernel(), filters.convolution()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return kernelSettings().config(filters.config());
  }
}
