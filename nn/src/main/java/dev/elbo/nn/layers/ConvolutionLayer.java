package dev.elbo.nn.layers;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;

/**
 * What {@link Conv2D} and {@link Conv2DTranspose} share: how the filters move over images, see
 * {@link Convolution}. Strides 1, VALID padding and dilation rate 1 unless set.
 *
 * @param <L> the layer itself
 */
@CheckReturnValue
public abstract class ConvolutionLayer<L extends ConvolutionLayer<L>> extends KernelLayer<L> {
  private final FilterSettings filters;

  ConvolutionLayer(Common common, KernelSettings settings, FilterSettings filters) {
    super(common, settings);
    this.filters = filters;
  }

  /** The same layer, unbuilt, with other settings. */
  abstract L with(Common common, KernelSettings settings, FilterSettings filterSettings);

  /** The shape of the kernel for images of some channels. */
  abstract Shape filterShape(int channels);

  @Override
  final L with(Common common, KernelSettings settings) {
    return with(common, settings, filters);
  }

  private L with(String setting, Convolution convolution) {
    requireUnbuilt(setting);
    return with(common(), kernelSettings(), filters.with(convolution));
  }

  final FilterSettings filters() {
    return filters;
  }

  /**
   * The step of the filters along both axes, 1 or more; 1 unless set. An image becomes that many
   * times smaller, or larger if the layer is transposed.
   */
  public final L strides(int stride) {
    return strides(stride, stride);
  }

  /** The step of the filters along each axis, 1 or more; 1 unless set. */
  public final L strides(int height, int width) {
    return with("strides", filters.convolution().strides(height, width));
  }

  /**
   * What the filters see beyond the edges; {@link Padding#VALID}, nothing, unless set. A transposed
   * layer goes back the way of a convolution with this padding.
   */
  public final L padding(Padding value) {
    return with("padding", filters.convolution().padding(value));
  }

  /** The distance of a filter's elements along both axes, 1 or more; 1 unless set. */
  public final L dilationRate(int rate) {
    return dilationRate(rate, rate);
  }

  /** The distance of a filter's elements along each axis, 1 or more; 1 unless set. */
  public final L dilationRate(int height, int width) {
    return with("dilationRate", filters.convolution().dilation(height, width));
  }

  @Override
  protected final void createWeights(Shape input) {
    createKernel(filterShape(input.dim(3)), filters.count());
  }
}
