package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code activation(conv2dTranspose(x, kernel) + bias)}: the way back from the output of a
 * convolution to the shape of its input.
 *
 * <p>(batch, height, width, channels) gives (batch, new height, new width, filters): with SAME
 * padding a length l becomes {@code l * stride}, with VALID {@code l * stride + max(extent -
 * stride, 0)}, where extent is {@code (kernel size - 1) * dilation rate + 1}, unless {@link
 * #outputPadding} says otherwise. Weights: kernel (kernel height, kernel width, filters, channels)
 * and bias (filters). Strides 1, VALID padding and dilation rate 1 unless set.
 */
public final class Conv2DTranspose extends ConvolutionLayer<Conv2DTranspose> {
  static final String NAME = "Conv2DTranspose";

  private record OutputPadding(int height, int width) {}

  private final Optional<OutputPadding> outputPadding;

  private Conv2DTranspose(
      Common common,
      KernelSettings settings,
      FilterSettings filters,
      Optional<OutputPadding> outputPadding) {
    super(common, settings, filters);
    this.outputPadding = outputPadding;
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
        FilterSettings.of(NAME, filters, kernelHeight, kernelWidth),
        Optional.empty());
  }

  static Conv2DTranspose of(Config config) {
    List<Integer> pair = config.wholeNumbers("outputPadding");
    Conv2DTranspose layer =
        new Conv2DTranspose(
            Common.of(),
            KernelSettings.of(config),
            FilterSettings.of(NAME, config),
            Optional.empty());
    return pair.size() == 2 ? layer.outputPadding(pair.getFirst(), pair.getLast()) : layer;
  }

  @Override
  Conv2DTranspose with(Common common, KernelSettings settings, FilterSettings filterSettings) {
    return new Conv2DTranspose(common, settings, filterSettings, outputPadding);
  }

  /** The same for both axes. */
  public Conv2DTranspose outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /**
   * Chooses among the lengths that a convolution with strides brings to the input's length: a
   * length l becomes {@code (l - 1) * stride + outputPadding + extent} with VALID padding, and
   * {@code (l - 1) * stride + outputPadding + extent mod 2} with SAME. As in Keras.
   *
   * @param height from 0 to below the stride; rows are added below
   * @param width from 0 to below the stride; columns are added at the right
   * @throws IllegalArgumentException if one is negative, or, when the layer is used, not below the
   *     stride
   */
  public Conv2DTranspose outputPadding(int height, int width) {
    requireUnbuilt("outputPadding");
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          NAME
              + ": expected outputPadding of at least 0, received ("
              + height
              + ", "
              + width
              + "). Leave it out for an output of the default size.");
    }
    return new Conv2DTranspose(
        common(), kernelSettings(), filters(), Optional.of(new OutputPadding(height, width)));
  }

  @Override
  Shape filterShape(int channels) {
    return Shape.of(filters().height(), filters().width(), filters().count(), channels);
  }

  @Override
  public Shape outputShape(Shape input) {
    return activated(linearShape(input));
  }

  private Shape linearShape(Shape input) {
    LayerChecks.requireImages(describe(), input);
    LayerChecks.requireChannels(describe(), input, kernelShape().map(kernel -> kernel.dim(3)));
    Shape unpadded =
        filters().convolution().transposedOutputShape(input, filterShape(input.dim(3)));
    return outputPadding.map(more -> padded(more, input, unpadded)).orElse(unpadded);
  }

  private Shape padded(OutputPadding more, Shape input, Shape unpadded) {
    Convolution convolution = filters().convolution();
    if (more.height() >= convolution.strideHeight() || more.width() >= convolution.strideWidth()) {
      throw new IllegalArgumentException(
          describe()
              + ": expected outputPadding below the strides ("
              + convolution.strideHeight()
              + ", "
              + convolution.strideWidth()
              + "), received ("
              + more.height()
              + ", "
              + more.width()
              + "). Use larger strides, or a smaller outputPadding.");
    }
    int height =
        length(input.dim(1), filters().extentHeight(), convolution.strideHeight(), more.height());
    int width =
        length(input.dim(2), filters().extentWidth(), convolution.strideWidth(), more.width());
    if ((height < 1 && input.dim(1) > 0) || (width < 1 && input.dim(2) > 0)) {
      throw new IllegalArgumentException(
          describe()
              + ": expected an output of at least 1 by 1, received input of shape "
              + input
              + ", which would become "
              + height
              + " by "
              + width
              + ". Use a larger outputPadding, or leave it out.");
    }
    return unpadded.with(1, height).with(2, width);
  }

  private int length(int input, int extent, int stride, int more) {
    if (input == Shape.BATCH || input == 0) {
      return input;
    }
    boolean same = filters().convolution().padding() == Padding.SAME;
    return Math.multiplyExact(input - 1, stride) + more + (same ? extent % 2 : extent);
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    Tensor x = input.cast(dtype());
    Convolution convolution = filters().convolution();
    if (outputPadding.isEmpty()) {
      return finish(x.conv2dTranspose(kernel(), convolution));
    }
    Shape output = linearShape(x.shape());
    Tensor spread = x.conv2dTranspose(kernel(), convolution.padding(Padding.VALID));
    Tensor rows =
        window(
            spread,
            1,
            output.dim(1),
            (x.shape().dim(1) - 1) * convolution.strideHeight() + filters().extentHeight());
    return finish(
        window(
            rows,
            2,
            output.dim(2),
            (x.shape().dim(2) - 1) * convolution.strideWidth() + filters().extentWidth()));
  }

  /**
   * The part of an axis that is in the output.
   *
   * @param reached how far the filters reach; beyond it are zeros
   */
  private Tensor window(Tensor spread, int axis, int length, int reached) {
    boolean same = filters().convolution().padding() == Padding.SAME;
    // SAME padding puts the odd row at the end, and so takes it away there.
    int from = same ? Math.max(reached - length, 0) / 2 : 0;
    int to = Math.min(from + length, spread.shape().dim(axis));
    int missing = length - (to - from);
    Tensor part = spread.slice(axis, from, to);
    if (missing == 0) {
      return part;
    }
    int[] after = new int[4];
    after[axis] = missing;
    return part.pad(new int[4], after);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> own = new LinkedHashMap<>(filters().config());
    outputPadding.ifPresent(more -> own.put("outputPadding", List.of(more.height(), more.width())));
    return kernelSettings().config(own);
  }
}
