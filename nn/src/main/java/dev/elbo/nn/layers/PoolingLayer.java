package dev.elbo.nn.layers;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * What pooling layers share: how the window moves.
 *
 * @param <L> the layer itself
 */
@CheckReturnValue
public abstract class PoolingLayer<L extends PoolingLayer<L>> extends StandardLayer<L> {
  private final Pooling pooling;

  PoolingLayer(Common common, Pooling pooling) {
    super(common);
    this.pooling = pooling;
  }

  /** The same layer, unbuilt, with other settings. */
  abstract L with(Common common, Pooling pooling);

  @Override
  protected final L with(Common settings) {
    return with(settings, pooling);
  }

  final Pooling pooling() {
    return pooling;
  }

  /** The step of the window along both axes, 1 or more; its size unless set. */
  public final L strides(int stride) {
    return strides(stride, stride);
  }

  /** The step of the window along each axis, 1 or more; its size unless set. */
  public final L strides(int height, int width) {
    requireUnbuilt("strides");
    return with(common(), pooling.strides(height, width));
  }

  /** Whether the window may stand over the edges; {@link Padding#VALID}, no, unless set. */
  public final L padding(Padding value) {
    requireUnbuilt("padding");
    return with(common(), pooling.padding(value));
  }

  @Override
  public final Shape outputShape(Shape input) {
    LayerChecks.requireImages(describe(), input);
    LayerChecks.requireFit(
        describe(), "window", pooling.height(), pooling.width(), pooling.padding(), input);
    return pooling.outputShape(input);
  }

  @Override
  public final Map<String, Object> config() {
    return Config.map(
        "poolSize",
        List.of(pooling.height(), pooling.width()),
        "strides",
        List.of(pooling.strideHeight(), pooling.strideWidth()),
        "padding",
        Config.nameOf(pooling.padding()));
  }

  static Pooling read(Config config) {
    List<Integer> size = LayerChecks.pair(config, "poolSize");
    List<Integer> strides = LayerChecks.pair(config, "strides");
    return Pooling.of(size.getFirst(), size.getLast())
        .strides(strides.getFirst(), strides.getLast())
        .padding(config.choice("padding", Padding.VALID));
  }
}
