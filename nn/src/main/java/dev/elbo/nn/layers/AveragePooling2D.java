package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Tensor;

/**
 * The mean of each window of an image, channel by channel; see {@link Pooling}.
 *
 * <p>(batch, height, width, channels) gives (batch, new height, new width, channels). A window of 2
 * by 2, strides of the window's size and VALID padding unless set.
 */
public final class AveragePooling2D extends PoolingLayer<AveragePooling2D> {
  static final String NAME = "AveragePooling2D";

  private AveragePooling2D(Common common, Pooling pooling) {
    super(common, pooling);
  }

  /** Windows of 2 by 2. */
  public static AveragePooling2D of() {
    return of(2);
  }

  /** Square windows. */
  public static AveragePooling2D of(int poolSize) {
    return of(poolSize, poolSize);
  }

  /**
   * Windows of a height and a width.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public static AveragePooling2D of(int poolHeight, int poolWidth) {
    return new AveragePooling2D(
        Common.of(),
        Pooling.of(
            LayerChecks.atLeastOne(NAME, "pool height", poolHeight),
            LayerChecks.atLeastOne(NAME, "pool width", poolWidth)));
  }

  static AveragePooling2D of(Config config) {
    return new AveragePooling2D(Common.of(), read(config));
  }

  @Override
  AveragePooling2D with(Common common, Pooling pooling) {
    return new AveragePooling2D(common, pooling);
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return input.cast(dtype()).averagePool2d(pooling());
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
